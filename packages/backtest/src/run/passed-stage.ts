/** What a session knows of a stage whose rows it does not keep, because there is one for every tick. */
import { QualityCount, TableHasher, type GrowingTable, type QualityReport } from '@zanzibar/core';
import { nodeHasher } from '../result/digests.ts';
import type { BuiltPipeline } from './pipeline.ts';
import { publicSchema } from './stage-record.ts';

export class PassedStage {
  rows = 0;
  private readonly table: GrowingTable;
  private readonly count: QualityCount | undefined;
  private readonly hasher: TableHasher | undefined;

  /** Findings are counted and hashed; of ticks only the rows count. */
  constructor(table: GrowingTable, isFindings: boolean) {
    this.table = table;
    if (!isFindings) return;
    this.count = new QualityCount();
    this.hasher = new TableHasher(publicSchema(table), { createHasher: nodeHasher });
  }

  /** Takes the rows that are new. */
  add(): void {
    const { base, length, columns, texts } = this.table, first = this.rows - base;
    if (length > first) {
      this.count?.add(columns as never, first, length);
      this.hasher?.update(columns, first, length, texts);
    }
    this.rows = base + length;
  }

  get report(): QualityReport | undefined {
    return this.count?.report;
  }

  /** The digest of the stage, as if it had been kept. Nothing can be added then. */
  digest(): string {
    return this.hasher!.digest();
  }
}

/** Stages whose rows are as many as the ticks, or may be. */
export function stagesOfTicks({ stages, markets, pipeline }: BuiltPipeline): string[] {
  const byTick = new Set(pipeline.nodes.filter(({ driver }) => markets.includes(driver)).map(({ name }) => name));
  return Object.keys(stages).filter(stage => stage.startsWith('ticks ') || stage.startsWith('findings ') || (stage.startsWith('engine ') && byTick.has(stages[stage])));
}
