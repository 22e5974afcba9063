/**
 * Client id: the name under which an order goes to a venue, the same whenever and wherever it is derived.
 *
 * Definition  strategy, account and order id, and the first 10 hexadecimal digits of the SHA-256 of the run's key: a new run gives new ids, a restarted one the
 *             same. At most 36 characters of [a-zA-Z0-9-], which all large venues take. Example  clientId(12, 'breakout', 'main', key) -> 'breakout-9f2c41d07a-12'
 */
import { createHash } from 'node:crypto';

export function clientId(orderId: number, strategyId: string, accountId: string, runKey: string): string {
  const hash = createHash('sha256').update(`${strategyId}\n${accountId}\n${runKey}`, 'utf8').digest('hex').slice(0, 10);
  const name = strategyId.replace(/[^a-zA-Z0-9]/g, '').slice(0, 12);
  return `${name}-${hash}-${orderId}`;
}
