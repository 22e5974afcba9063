/** The rules that need no syntax: names of files and folders, paths of one machine, length. */
import type { Finding, SourceText } from './finding.ts';
import { isTest } from './places.ts';

const roomsWithoutName = /^(utils?|helpers?|common|misc)$/;
// Put together here, so that this file does not break its own rule.
const machineFolders = ['work', 'root', 'home', 'tmp'].join('|');
const machinePath = new RegExp(String.raw`(?<![\w./\\~$}>*-])\/(?:${machineFolders})(?=\/[\w.@-]|[\s'"\`),;:]|$)`);
const longestFile = 250;

/** Findings on one file's name and text. */
export function checkText({ file, text }: SourceText): Finding[] {
  const findings: Finding[] = [];
  const bad = file.split('/').find((part) => roomsWithoutName.test(part.replace(/\..*$/, '')));
  if (bad !== undefined) findings.push({ rule: 'names', file, line: 1, message: `"${bad}" says nothing: name it after its concept`, severity: 'error' });
  const lines = text.split('\n');
  lines.forEach((content, i) => {
    const path = machinePath.exec(content);
    if (path) findings.push({ rule: 'machine-path', file, line: i + 1, message: `"${path[0]}" exists on one machine only`, severity: 'error' });
  });
  if (/^(packages|lint|bench|scripts)\/.*\.ts$/.test(file) && !isTest(file) && lines.length > longestFile + 1 && !/^\s*(\/\/|\*|\/\*\*?) Long: \S/m.test(text)) {
    const message = `${lines.length - 1} lines: split by concept, or state the reason in a comment "Long: ..."`;
    findings.push({ rule: 'length', file, line: longestFile, message, severity: 'warning' });
  }
  return findings;
}
