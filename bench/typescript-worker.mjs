/** Entry of workers: loads the TypeScript module that `workerData.module` names, which Node 20 does not do in a worker by itself. */
import { workerData } from 'node:worker_threads';
import { register } from 'tsx/esm/api';

register();
await import(workerData.module);
