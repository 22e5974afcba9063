/** The packages as JavaScript in a temporary folder, types taken off and nothing checked: for tests that start many processes of Node, each of which would transform the sources anew. */
import { copyFileSync, mkdirSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import ts from 'typescript';
import { root } from '../lint/repository.ts';
import { packages } from './built-copy.ts';

/** Writes packages and further modules of the repository (by their paths in it) to `folder`; a module's place there is what the function returned says. */
export function makeTranspiledCopy(folder: string, modules: readonly string[]): (module: string) => string {
  const installed = join(folder, 'node_modules');
  mkdirSync(join(installed, '@zanzibar'), { recursive: true });
  for (const name of readdirSync(join(root, 'node_modules'))) {
    if (name !== '@zanzibar' && !name.startsWith('.')) symlinkSync(join(root, 'node_modules', name), join(installed, name), 'junction');
  }
  for (const name of packages) {
    const source = join(root, 'packages', name, 'src'), target = join(installed, '@zanzibar', name);
    for (const file of readdirSync(source, { recursive: true }) as string[]) if (file.endsWith('.ts') && !file.endsWith('.test.ts')) transpile(join(source, file), join(target, 'dist', file));
    copyFileSync(join(root, 'packages', name, 'package.json'), join(target, 'package.json'));
  }
  writeFileSync(join(folder, 'package.json'), '{ "type": "module" }');
  for (const module of modules) transpile(join(root, module), join(folder, module));
  return module => join(folder, module.replace(/\.ts$/, '.js'));
}

function transpile(from: string, to: string): void {
  const compilerOptions: ts.CompilerOptions = { module: ts.ModuleKind.ESNext, target: ts.ScriptTarget.ES2022, verbatimModuleSyntax: true, rewriteRelativeImportExtensions: true };
  mkdirSync(dirname(to), { recursive: true });
  writeFileSync(to.replace(/\.ts$/, '.js'), ts.transpileModule(readFileSync(from, 'utf8'), { compilerOptions, fileName: from }).outputText);
}
