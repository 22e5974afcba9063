/** The seed of the random properties: fixed, so that a run says the same twice; `ZANZIBAR_SEED=random` looks for new cases, a number repeats a failure. */
import fc from 'fast-check';

const { ZANZIBAR_SEED: given = '20140501' } = process.env;
if (given !== 'random') fc.configureGlobal({ seed: Number(given) });
