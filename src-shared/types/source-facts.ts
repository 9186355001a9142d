import type { Problem } from '../problem';
import type { CsvOptions, ParquetTypes } from '../runs/values';
import type { Column } from './ports';

/** Facts that only the data can tell, found by the look process and cached by the file's identity. */
export interface SourceFacts {
  readonly columns: readonly Column[];
  readonly rows?: number;
  readonly csv?: CsvOptions;
  readonly parquet?: { readonly types: ParquetTypes };
  /** False after a bounded sniff, true once the whole file was read. */
  readonly exact: boolean;
  readonly splits?: Readonly<Record<'train' | 'validation' | 'test', number>>;
  /** What looks wrong in the data though they can be read. */
  readonly problems?: readonly Problem[];
}
