/** The words behind the code columns of a result's tables, for people who read a row. */
import { eventKinds, executionEvents, exitReasons, linkKinds, liquidities, orderKinds, orderStates, reasons, timesInForce, trailUnits } from '@zanzibar/core';

const registers: { readonly [stage: string]: { readonly [column: string]: readonly string[] } } = {
  orders: { kind: orderKinds, timeInForce: timesInForce, linkKind: linkKinds, trailUnit: trailUnits },
  executions: { event: executionEvents, state: orderStates, reason: reasons, liquidity: liquidities },
  fills: { liquidity: liquidities },
  roundTrips: { exitReason: exitReasons },
};

/** `stop` for code 2 of column "kind" of "orders"; the value as it is where it is no code. */
export function codeWord(stage: string, column: string, value: string): string {
  const words = registers[stage]?.[column] ?? (stage.startsWith('engines/') && stage.includes('.') && column === 'kind' ? eventKinds : undefined);
  return words?.[Number(value)] ?? value;
}
