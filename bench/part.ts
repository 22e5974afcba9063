/** Runs one part of a benchmark in this process: `part.ts NAME PART`, started by the runner. */
import { benchmarks } from './list.ts';
import { printPart } from './print-part.ts';

const [name, part] = process.argv.slice(2);
await printPart((await benchmarks[name]()).default, part);
