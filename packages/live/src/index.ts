export * from './runner/paper-runner.ts';
