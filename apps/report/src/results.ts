// The results document, format hedgerow-results/1, as docs/results.md tells it: what the page reads of it.

export interface Estimate { value: number | null; se: number | null }
export type Interval = [number | null, number | null];
export interface Quantile { level: number; value: number | null; ci?: Interval }
export interface Shortfall { level: number; value: number | null; se: number | null; ci?: Interval }
export interface TailPart { level: number; value: number | null; se: number | null }
export interface YearOfMeasure { year: number; mean: Estimate; percentiles?: Quantile[] }
export interface Measure {
  mean: Estimate;
  sd: number | null;
  percentiles: Quantile[];
  expected_shortfall: Shortfall[];
  years: YearOfMeasure[];
}
export interface Histogram { first: number; width: number; counts: number[]; below: number; above: number }
export interface Distribution { measure: string; quantiles: Quantile[]; histogram: Histogram | null }
export interface CurvePoint { return_period: number; value: number | null; ci: Interval }
export interface Curves { measure: string; basis: string; aep: CurvePoint[]; oep: CurvePoint[] }
export interface Contribution {
  component: string;
  provider: string;
  mean: Estimate;
  plan: number;
  tail: TailPart[];
}
export interface Cause { cause: string; provider: string | null; mean: Estimate; tail: TailPart[] }
export interface ProviderShare { spend: Estimate; mean_loss: Estimate; tail: TailPart[] }
export interface Attribution {
  measure: string;
  paths_replayed: string;
  mean_paths: string;
  providers: Record<string, ProviderShare>;
  by_cause: Cause[];
}
export interface Concentration {
  spend: { hhi: Estimate | null; effective_vendors: Estimate | null } | null;
  risk: { level: number; hhi: Estimate | null; effective_vendors: Estimate | null }[];
}
export interface CorridorPoint {
  share: number;
  unserved_hours: Estimate;
  exit_months: number | null;
  passes: Record<string, boolean>;
}
export interface ShareInterval { from: number; to: number; fails_below: string | null; fails_above: string | null }
export interface Corridor {
  notice_months: number;
  today: CorridorPoint;
  corridor: ShareInterval | null;
  intervals: ShareInterval[];
  binding: string | null;
  closest: CorridorPoint | null;
}
export interface RegimeYear { year: number; probability: Record<string, Estimate> }
export interface Provider {
  regime_by_year: RegimeYear[];
  severed_by_horizon: Estimate;
  loss_given_severance: Estimate | null;
  corridor?: Corridor | null;
}
export interface StoryEvent {
  kind: string;
  from: number;
  until: number;
  words: string;
  amount: number;
  count: number;
  provider?: string;
}
export interface Around {
  paths: number;
  mean_total: number;
  matters_from: number;
  causes: { cause: string; provider: string | null; fraction: number; mean_amount: number }[];
}
export interface StoryOfStrategy {
  level: number;
  story: { path: string; plan: number; total: number; events: StoryEvent[] } | null;
  around: Around | null;
}
export interface OpenNumber { output: string; sd: number | null }
export interface StrategyResult {
  plan: { total_cost: number };
  measures: Record<string, Measure>;
  distribution?: Distribution | null;
  curves?: Curves | null;
  contributions?: Contribution[];
  attribution?: Attribution | null;
  concentration?: Concentration | null;
  providers?: Record<string, Provider>;
  stranded?: Estimate | null;
  diagnostics?: { code: string; message: string }[];
  story?: StoryOfStrategy | null;
  /** Missing in older results. */
  held_by?: string;
  parameter_uncertainty?: { variance_share: Estimate; numbers: OpenNumber[] };
}
export interface Sentence { label: string; text: string }
export interface DealKind { kind: string; shapley: Estimate; behind: Estimate }
export interface WaterfallStep { feature: string; increment: Estimate; shapley: Estimate }
export interface Waterfall { paths: string; difference: Estimate; steps: WaterfallStep[]; rest: Estimate; kinds?: DealKind[]; above_all?: string[] }
export interface BreakEven {
  provider: string;
  paths: string;
  discount: number;
  verdict: "found" | "dearer_even_if_free" | "cheaper_at_any_price";
  break_even: Estimate | null;
  gap: number | null;
}
export interface Comparison {
  strategy: string;
  reference: string;
  measure: string;
  mean: Estimate;
  probability_cheaper: Estimate;
  expected_shortfall: TailPart[];
  break_even_discount?: BreakEven[];
  waterfall?: Waterfall | null;
  /** Missing in older results. */
  verdict?: Sentence[];
}
export interface Limit {
  name: string;
  strategy: string;
  measure: string;
  measured: number | null;
  ci: Interval | null;
  at_most?: number;
  at_least?: number;
  verdict: "kept" | "breached" | "undecided";
  breached: boolean;
  paths_to_decide: string | null;
}
export interface ConfigValue { path: string; value: unknown; origin: string; source: string }
export interface Sampling {
  asked: string;
  used: "plain" | "importance" | "sobol";
  reason: string;
  nominal_paths: string;
  tilted_paths: string;
  replicates: number;
  weights: { mean: Estimate; effective_paths: number } | null;
  uses: { output: string; gain: number }[];
}

export interface Precision { target: number; reached: boolean; unmet: { strategy: string; output: string; relative: number | null }[] }
export interface Results {
  format: string;
  complete: boolean;
  provenance: {
    engine: { name: string; version: string };
    git_revision: string;
    compiler: string;
    rng: string;
    seed: string;
    config: {
      name: string;
      sha256: string;
      source?: string;
      overrides?: { key: string; value: unknown }[];
      values?: ConfigValue[];
    };
    paths: string;
    wall_seconds: number;
    threads: number;
    ranks: number;
  };
  title: string;
  currency: string;
  horizon: { start: string; months: number; discount_rate: number };
  paths: string;
  strategies: Record<string, StrategyResult>;
  comparisons?: Comparison[];
  limits?: Limit[];
  precision?: Precision | null;
  /** Missing in older results: drawn plainly. */
  sampling?: Sampling;
  market?: {
    list_price?: Record<string, { year: number; mean: Estimate }[]>;
    scarcity?: { year: number; probability: Estimate }[];
  };
}
