/** Runs one part of a benchmark in this process: `part.ts NAME PART`, started by the runner. */
import { benchmarks } from './list.ts';
import { peakRssMb } from './measure.ts';

const [name, part] = process.argv.slice(2), result = await (await benchmarks[name]()).default.parts[part]();
console.log(JSON.stringify({ rssMb: peakRssMb(), ...result }));
