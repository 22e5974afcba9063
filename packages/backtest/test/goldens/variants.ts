/** Ways to simulate a market: without costs, with all of them, and with the other choices of its fill rules. */
import type { SimulationOptions } from '../../src/simulator/setup.ts';

const costs = { basisPoints: 0.3, perUnit: 0.00001, slippage: 1 }, latency = { submit: 80e6, cancel: 120e6, replace: 120e6, report: 40e6 };

export const goldenVariants: { readonly [market: string]: { readonly [variant: string]: SimulationOptions } } = {
  quotes: { plain: {}, costly: { costs, latency }, shown: { quantity: 'shown', atEnd: 'close', crossed: 'trade' } },
  trades: { plain: {}, costly: { costs: { ...costs, halfSpread: 0.00004 }, latency, limitFill: 'touch', quantity: 'shown' } },
  bars: { plain: {}, costly: { costs: { ...costs, slippage: 0.01, halfSpread: 0.01 }, intrabar: 'optimistic', limitFill: 'touch', atEnd: 'close' } },
};
