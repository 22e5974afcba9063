import type { Decide, SimulationOptions } from './setup.ts';
export function planDecide(_node: string, _options: SimulationOptions): Decide { return () => {}; }
