/** Runs one part of a benchmark in this process and prints what it gives, with the most memory that the process had. */
import type { Benchmark } from './benchmark.ts';
import { peakRssMb } from './measure.ts';

export async function printPart(benchmark: Benchmark, part: string): Promise<void> {
  const result = await benchmark.parts[part]();
  console.log(JSON.stringify({ rssMb: peakRssMb(), ...result }));
}
