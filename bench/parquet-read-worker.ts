/** One of the workers that read a file together: some row groups into its part of shared columns, as often as it is told. */
import { openParquet } from '@zanzibar/core/io';
import { parentPort, workerData } from 'node:worker_threads';
import type { WorkerTask } from './parquet-read.ts';

const { path, groups, time, prices } = workerData as WorkerTask, file = await openParquet(path);
const columns = ['time', 'bid', 'ask', 'bidSize', 'askSize'], into = { time, ...prices };
parentPort!.on('message', async (message: string) => {
  if (message === 'read') await file.read({ columns, groups, into });
  else await file.close();
  parentPort!.postMessage('done', []);
  if (message !== 'read') parentPort!.close();
});
