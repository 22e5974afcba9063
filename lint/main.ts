/** `npm run lint` runs this last: prints every finding of the house rules, exits with 1 if one is an error. */
import { formatFinding } from './finding.ts';
import { checkHouse } from './house-rules.ts';
import { readRepository } from './repository.ts';

const files = readRepository();
const findings = checkHouse(files);
for (const finding of findings) console.log(formatFinding(finding));
const errors = findings.filter(({ severity }) => severity === 'error').length;
console.log(`house rules: ${files.length} files, ${errors} errors, ${findings.length - errors} warnings`);
process.exitCode = errors > 0 ? 1 : 0;
