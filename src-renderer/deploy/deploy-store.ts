import { create } from 'zustand';
import type { Bundle, DeployEvent, DeploymentSummary, DeployTarget, Sample } from '../../src-shared/deploy';
import type { NodeId } from '../../src-shared/document/document';
import type { Problem } from '../../src-shared/problem';
import type { DeployAsk, DocumentId, SecretInfo } from '../../src-shared/window-data';
import type { Sending } from './deploy-progress';

/** Something that the host was asked for. */
export type Loaded<T> =
  | { readonly state: 'loading' }
  | { readonly state: 'failed'; readonly problem: Problem }
  | { readonly state: 'ready'; readonly value: T };

export const deploySteps = ['bundle', 'target', 'settings', 'send', 'use'] as const;
export type DeployStep = (typeof deploySteps)[number];

export type Config = Readonly<Record<string, unknown>>;

export interface PlanAnswer {
  readonly plan?: DeployEvent;
  readonly problems: readonly Problem[];
}

/** What the panel shows; lives as long as the window, so that closing the panel loses nothing. */
export interface DeployPanel {
  readonly document: DocumentId | undefined;
  /** Folder that paths of the document are relative to. */
  readonly base: string;
  readonly step: DeployStep;
  readonly targets: Loaded<readonly DeployTarget[]>;
  readonly bundles: Loaded<readonly Bundle[]>;
  readonly deployments: Loaded<readonly DeploymentSummary[]>;
  readonly bundle: Bundle | undefined;
  readonly target: string | undefined;
  /** Settings that a person gave, by target; the rest are defaults. */
  readonly configs: Readonly<Record<string, Config>>;
  readonly secrets: readonly SecretInfo[];
  /** The last test of the connection. */
  readonly test: Loaded<readonly Problem[]> | undefined;
  readonly plan: Loaded<PlanAnswer> | undefined;
  /** The model whose export is wished, where the document has many. */
  readonly model: NodeId | undefined;
  /** An export that this panel started: until its run ends, and why it did not. */
  readonly exporting: { readonly problem?: Problem; readonly isRunning: boolean } | undefined;
  readonly sending: Sending | undefined;
  /** The deployment that is looked at. */
  readonly chosen: DeploymentSummary | undefined;
  readonly samples: Loaded<readonly Sample[]> | undefined;
}

export const useDeploy = create<DeployPanel>(() => ({
  document: undefined,
  base: '',
  step: 'bundle',
  targets: { state: 'loading' },
  bundles: { state: 'loading' },
  deployments: { state: 'loading' },
  bundle: undefined,
  target: undefined,
  configs: {},
  secrets: [],
  test: undefined,
  plan: undefined,
  model: undefined,
  exporting: undefined,
  sending: undefined,
  chosen: undefined,
  samples: undefined,
}));

const noSettings: Config = {};

/** Settings of the target that is chosen. */
export function configOf({ target, configs }: Pick<DeployPanel, 'target' | 'configs'>): Config {
  return (target !== undefined && configs[target]) || noSettings;
}

/** The target that is chosen, where its form is known. */
export function chosenTarget({ target, targets }: Pick<DeployPanel, 'target' | 'targets'>): DeployTarget | undefined {
  return targets.state === 'ready' ? targets.value.find(({ name }) => name === target) : undefined;
}

/** What would be deployed now. */
export function askOf(panel: DeployPanel): DeployAsk | undefined {
  const { target, bundle } = panel;
  if (target === undefined || !bundle) return undefined;
  return { target, bundle: bundle.path, config: besideDocument(configOf(panel), panel) };
}

/** Folders are named as the document names them, relative to where it lies. */
function besideDocument(config: Config, panel: DeployPanel): Config {
  const params = chosenTarget(panel)?.params ?? {};
  const entries = Object.entries(params).flatMap(([name, declared]) => {
    const value = config[name] ?? declared.default;
    const isRelative = typeof value === 'string' && value.trim() !== '' && !/^([\\/]|[A-Za-z]:)/.test(value);
    return declared.type === 'folder' && isRelative ? [[name, `${panel.base}/${value}`] as const] : [];
  });
  return { ...config, ...Object.fromEntries(entries) };
}

/** Whether a step can be gone to. */
export function isOpen(step: DeployStep, { bundle, target, chosen, sending }: DeployPanel): boolean {
  switch (step) {
    case 'bundle':
      return true;
    case 'target':
      return bundle !== undefined;
    case 'settings':
      return bundle !== undefined && target !== undefined;
    case 'send':
      return (bundle !== undefined && target !== undefined) || sending !== undefined;
    case 'use':
      return chosen !== undefined;
  }
}

export function isSending({ sending }: Pick<DeployPanel, 'sending'>): boolean {
  return sending?.state === 'running' || sending?.state === 'cancelling';
}
