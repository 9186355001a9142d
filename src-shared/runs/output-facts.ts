import type { WireName } from '../types/ports';
import { classesOf } from '../types/signature';
import { reportScores } from './report-scores';
import type { Artifact, Predictions, Predictor, Report, TabularValue, ValueByWire } from './values';

/** The few numbers that tell one value from another at a glance: `detail` of an output in `step-finished`. */
export interface OutputFacts {
  readonly rows?: number;
  readonly columns?: number;
  readonly parameters?: number;
  readonly classes?: number;
  readonly metrics?: Readonly<Record<string, number>>;
  readonly path?: string;
  readonly bytes?: number;
}

type FactsOf = { readonly [N in WireName]: (value: ValueByWire[N]) => OutputFacts };

const facts: FactsOf = {
  table: tableFacts,
  dataset: tableFacts,
  tensor: () => ({}),
  estimator: () => ({}),
  model: modelFacts,
  predictions: (value: Predictions) => ({ rows: value.rows.length }),
  report: reportFacts,
  artifact: (value: Artifact) => ({ path: value.path, bytes: value.bytes }),
};

export function factsOf<N extends WireName>(type: N, value: ValueByWire[N]): OutputFacts {
  return facts[type](value);
}

function tableFacts({ source }: TabularValue): OutputFacts {
  return { rows: source.rows, columns: source.columns.length };
}

function modelFacts({ artefact, signature, metrics }: Predictor): OutputFacts {
  const weights = Object.values(artefact.weights);
  const parameters = weights.reduce((sum, { shape }) => sum + shape.reduce((product, size) => product * size, 1), 0);
  const classes = signature.outputs.map(classesOf).find((names) => names !== undefined);
  return { parameters, metrics, ...(classes ? { classes: classes.length } : {}) };
}

function reportFacts(report: Report): OutputFacts {
  if (report.kind === 'cross-validation') return { metrics: report.mean };
  const [first] = report.kind === 'several' ? report.reports : [report];
  return { rows: first?.rows ?? 0, metrics: reportScores(report) };
}
