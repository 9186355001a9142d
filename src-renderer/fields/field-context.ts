import type { ParamValue } from '../../src-shared/document/document';
import type { Problem } from '../../src-shared/problem';
import type { ParamDeclaration } from '../../src-shared/types/params';
import type { Column } from '../../src-shared/types/ports';
import type { DocumentId } from '../../src-shared/window-data';

/** Something that mends a problem with one click. */
export interface FixAction {
  readonly label: string;
  readonly run: () => void;
}

/** What fields know of the place they stand in. */
export interface FieldContext {
  /** Paths are stored as this document should hold them. */
  readonly document: DocumentId;
  /** Where choosing a file begins. */
  readonly folder?: string;
  /** Columns that a field may name. */
  readonly columns: readonly Column[];
  /** Texts that fit a param whose `options` depend on what is wired, by the name of the options. */
  readonly choices?: Readonly<Record<string, readonly string[]>>;
  /** Why nothing can be changed here. */
  readonly disabled?: string;
  /** What mends a problem, where a machine can. */
  readonly fix?: (problem: Problem) => FixAction | undefined;
}

/** What every control gets. */
export interface ControlProps<D extends ParamDeclaration = ParamDeclaration> {
  readonly id: string;
  /** Of the param, for messages. */
  readonly name: string;
  readonly declaration: D;
  readonly value: unknown;
  /** False where the value was refused: the control keeps what was typed. */
  readonly commit: (value: ParamValue) => boolean;
  /** Says why what was typed is no value at all. */
  readonly refuse: (problem: Problem) => void;
  readonly context: FieldContext;
  readonly isInvalid: boolean;
  /** Id of the help and the error. */
  readonly describedBy: string;
}
