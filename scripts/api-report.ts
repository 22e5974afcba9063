/**
 * The public surface of every package's entry point as text. The committed reports stand in `api/`; whoever changes what a package exports
 * runs `npm run api` and commits the changed report with the change, so that a review sees it.
 *
 *   npm run api          writes the reports
 *   npm run api:check    exits with 1 and prints the difference where a committed report is not what the sources export
 */
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { Extractor, ExtractorConfig, ExtractorLogLevel } from '@microsoft/api-extractor';
import { root } from '../lint/repository.ts';
import { makeBuiltCopy, packages } from './built-copy.ts';

const reportFolder = join(root, 'api');

/** File name and text of one report for each entry point of each package, made from a built copy of the workspace. */
export function makeReports(): Map<string, string> {
  const folder = mkdtempSync(join(tmpdir(), 'zanzibar-api-'));
  try {
    makeBuiltCopy(folder);
    const reports = new Map<string, string>();
    for (const name of packages) {
      const home = join(folder, 'packages', name);
      const { exports } = JSON.parse(readFileSync(join(home, 'package.json'), 'utf8')) as { exports: Record<string, string | { types: string }> };
      for (const [subpath, target] of Object.entries(exports)) {
        if (typeof target === 'string') continue;
        const report = `${[name, ...subpath.split('/').slice(1)].join('-')}.api.md`;
        reports.set(report, makeReport(home, join(home, target.types), report, `@zanzibar/${name}${subpath.slice(1)}`));
      }
    }
    return reports;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function makeReport(home: string, entry: string, reportFileName: string, title: string): string {
  const out = join(home, 'api-report');
  mkdirSync(out, { recursive: true });
  const none = { logLevel: ExtractorLogLevel.None };
  const compilerOptions = { module: 'nodenext', target: 'es2022', lib: ['es2023'], types: ['node'], strict: true, skipLibCheck: true };
  const config = ExtractorConfig.prepare({
    configObject: {
      projectFolder: home,
      mainEntryPointFilePath: entry,
      newlineKind: 'lf',
      compiler: { overrideTsconfig: { compilerOptions, files: [entry] } },
      apiReport: { enabled: true, reportFileName, reportFolder: out, reportTempFolder: join(out, 'temporary') },
      docModel: { enabled: false },
      dtsRollup: { enabled: false },
      tsdocMetadata: { enabled: false },
      messages: {
        compilerMessageReporting: { default: { logLevel: ExtractorLogLevel.Error } },
        extractorMessageReporting: { default: none, 'ae-forgotten-export': { logLevel: ExtractorLogLevel.Warning, addToApiReportFile: true } },
        tsdocMessageReporting: { default: none },
      },
    },
    configObjectFullPath: undefined,
    packageJsonFullPath: join(home, 'package.json'),
  });
  const errors: string[] = [];
  Extractor.invoke(config, {
    localBuild: true,
    messageCallback: (message) => {
      if (message.logLevel === ExtractorLogLevel.Error) errors.push(message.formatMessageWithLocation(home));
      message.handled = true;
    },
  });
  if (errors.length > 0) throw new Error(`${title}: ${errors.join('\n')}`);
  return readFileSync(join(out, reportFileName), 'utf8').replace(/^## API Report File for .*$/m, `## API Report File for "${title}"`);
}

/** Names of the committed reports. */
export function committedReports(): string[] {
  return existsSync(reportFolder) ? readdirSync(reportFolder).filter((name) => name.endsWith('.api.md')).sort() : [];
}

/** The lines by which the committed reports differ from these; empty where they agree. */
export function compareReports(reports: ReadonlyMap<string, string>): string[] {
  const differences: string[] = [];
  for (const name of new Set([...reports.keys(), ...committedReports()])) {
    const file = join(reportFolder, name);
    const committed = existsSync(file) ? readFileSync(file, 'utf8').split('\n') : [];
    const current = reports.get(name)?.split('\n') ?? [];
    for (const line of without(committed, current)) differences.push(`api/${name} - ${line}`);
    for (const line of without(current, committed)) differences.push(`api/${name} + ${line}`);
  }
  return differences;
}

/** The lines of `a` beyond those that `b` has as often: moved lines are no difference, the surface has no order. */
function without(a: readonly string[], b: readonly string[]): string[] {
  const counts = new Map<string, number>();
  for (const line of b) counts.set(line, (counts.get(line) ?? 0) + 1);
  return a.filter((line) => {
    const left = counts.get(line) ?? 0;
    counts.set(line, left - 1);
    return left <= 0;
  });
}

function writeReports(reports: ReadonlyMap<string, string>): void {
  mkdirSync(reportFolder, { recursive: true });
  for (const name of committedReports()) if (!reports.has(name)) rmSync(join(reportFolder, name));
  for (const [name, text] of reports) writeFileSync(join(reportFolder, name), text);
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  const reports = makeReports();
  if (process.argv[2] === 'check') {
    const differences = compareReports(reports);
    for (const line of differences) console.log(line);
    console.log(differences.length > 0 ? 'api: run `npm run api` and commit what it changes' : `api: ${reports.size} reports are as committed`);
    process.exitCode = differences.length > 0 ? 1 : 0;
  } else {
    writeReports(reports);
    console.log(`api: wrote ${reports.size} reports`);
  }
}
