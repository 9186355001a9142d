import type { NodeLookup } from '../../src-shared/nodes/catalog';
import type { Problem } from '../../src-shared/problem';
import type { Exports, Images, Programs, Tables } from '../../src-shared/runs/run-context';
import type { RunEventBody } from '../../src-shared/runs/run-event';
import type { SecretUse } from '../../src-shared/secret-use';
import type { SourceFacts } from '../../src-shared/types/source-facts';
import type { FsPort } from '../files/fs-port';
import type { ViewCache } from './preview/view-cache';
import type { FileHashes } from './probe/file-hashes';
import type { FolderHashes } from './probe/folder-hashes';
import type { SharedWork } from './probe/shared-work';
import type { Store } from './store/store';
import type { TablesService } from './tables/tables';

/** What runs are made of. An engine process gives the real ones; a test its own nodes. */
export interface EngineParts {
  readonly fs: FsPort;
  readonly store: Store;
  readonly storeLimit: number;
  readonly hashes: FileHashes;
  readonly folders: FolderHashes;
  readonly images: Images;
  readonly lookup: NodeLookup;
  readonly tables: TablesService;
  /** Sources that are being read through. */
  readonly reading: SharedWork<SourceFacts>;
  /** Tables that are open for previews. */
  readonly views: ViewCache;
  /** Opens the runtime; what stood in the way of a better one comes with it. */
  readonly openRunner: () => Promise<{ readonly runner: Programs; readonly passedOver: readonly Problem[] }>;
  readonly exports: (step: ExportingStep) => Exports;
}

/** What an export needs of the step that does it. */
export interface ExportingStep {
  readonly node: string;
  readonly programs: Programs;
  readonly tables: Tables;
  readonly signal: AbortSignal;
  /** Of the run, by name. */
  readonly secrets: Readonly<Record<string, string>>;
  /** What secrets may be used for, those of the process's own environment too. */
  readonly allowed: readonly SecretUse[];
  readonly emit: (event: RunEventBody) => void;
}
