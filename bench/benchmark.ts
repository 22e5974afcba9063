/** What a benchmark is, and the line that it prints. */

export interface BenchmarkLine {
  readonly name: string;
  readonly unit: string;
  /** Median of the runs; lower is better. */
  readonly ours: number;
  /** Null where no peer ran. */
  readonly peer: number | null;
  readonly peerName: string | null;
  readonly ratio: number | null;
  /** True only when the results were compared, with a peer's of this run or with the numbers under `bench/expected`, and were equal. */
  readonly agree: boolean;
  readonly rssMb: number;
  readonly rows: number;
  /** One-minute load average. */
  readonly load: number;
  /** Further figures, each with its unit in its name or as the line's. */
  readonly extra: { readonly [figure: string]: unknown };
}

/** What a part hands back from its own process. */
export interface PartResult {
  readonly [figure: string]: any;
  readonly rssMb?: number;
}

/** What the runner gives to a benchmark. */
export interface Bench {
  /** Runs a part of the benchmark in a fresh process. */
  part(name: string): Promise<PartResult>;
  /** Runs a script of `bench/peers` in one of the peers' environments; undefined where that is not installed. */
  peer(environment: 'research' | 'nautilus', script: string, ...args: (string | number)[]): PeerResult | undefined;
  /** What pinned peers gave for this benchmark's input; undefined before `--record`. */
  readonly expected: { readonly [peer: string]: { readonly [check: string]: any } } | undefined;
  /** A line for people. */
  say(text: string): void;
}

export interface PeerResult {
  readonly peer: string;
  readonly version: string;
  /** In the benchmark's unit. */
  readonly median: number;
  readonly best: number;
  /** Median of the time for which its thread had a processor. */
  readonly cpu: number;
  readonly rows: number;
  /** Results to compare. */
  readonly check: { readonly [check: string]: any };
}

export interface Benchmark {
  readonly unit: string;
  readonly about: string;
  /** Its parts run on joined JavaScript, as the published packages are, not through the loader of TypeScript, whose memory would count as ours. */
  readonly isJoined?: boolean;
  /** Writes the input files, before anything is timed. */
  prepare?(): void;
  readonly parts: { readonly [part: string]: () => PartResult | Promise<PartResult> };
  line(bench: Bench): Promise<Omit<BenchmarkLine, 'name' | 'unit' | 'load' | 'ratio'>>;
}
