/** What a live runner is told, and the points at which it tells where it is. */
import type { SyncPolicy } from '../journal/journal.ts';

/**
 * Points of a record's way: written to the journal; applied to the run; its executions known and nothing of them sent; sent; the stages of a checkpoint written,
 * its snapshot not yet; the snapshot written.
 */
export type LivePoint = 'journalled' | 'applied' | 'decided' | 'sent' | 'stages' | 'snapshot';

export interface LiveSettings {
  /** Folder of the journal; made where there is none, gone on with where there is one. */
  readonly folder: string;
  /** @defaultValue 'effects' */
  readonly sync?: SyncPolicy;
  /** Records between two snapshots, 0: none but at the end. @defaultValue 50,000 */
  readonly snapshotEvery?: number;
  /** Of the strategy's module. @defaultValue none */
  readonly sourceHash?: string;
  /** Path of that module. @defaultValue none */
  readonly file?: string;
  /** Sees every row that the journal holds, before anything is changed on disk; it may throw where a row is not what the feed has. */
  readonly onJournalRow?: (feed: number, payload: Uint8Array, record: number) => void;
  /** Is told of every point that the run passes: for monitoring, and for tests that let it die there. */
  readonly onPoint?: (point: LivePoint, record: number) => void;
}
