import { ProblemError } from '../../src-shared/problem';
import type { FileParam, FolderParam } from '../../src-shared/types/params';
import { ask } from '../bridge/bridge';
import { useLanguage, useTranslate } from '../i18n/i18n';
import { choosePath } from './choose-path';
import type { ControlProps } from './field-context';
import { TextInput } from './text-input';

/** A path, typed or chosen; kept as the document should hold it. */
export function PathControl(props: ControlProps<FileParam | FolderParam>) {
  const t = useTranslate();
  const language = useLanguage();
  const { declaration, context, commit, refuse } = props;
  const isDisabled = context.disabled !== undefined;
  const kind = declaration.type === 'file' && !declaration.isFolder ? 'file' : 'folder';
  const browse = () => {
    choosePath({
      kind,
      title: declaration.label[language],
      folder: context.folder,
      extensions: declaration.type === 'file' && kind === 'file' ? declaration.extensions : [],
    })
      .then((path) => (path === undefined ? undefined : ask('file:relative', { id: context.document, path })))
      .then((answer) => (answer ? commit(answer.path) : undefined))
      .catch((error: unknown) => {
        if (error instanceof ProblemError) refuse(error.problem);
        else throw error;
      });
  };
  return (
    <span className="field-path">
      <TextInput
        id={props.id}
        className="input mono"
        value={String(props.value)}
        onCommit={commit}
        placeholder={t(kind === 'file' ? 'fields.noFile' : 'fields.noFolder')}
        isDisabled={isDisabled}
        isInvalid={props.isInvalid}
        aria-describedby={props.describedBy}
      />
      <button type="button" className="button" disabled={isDisabled} onClick={browse}>
        {t('fields.browse')}
      </button>
    </span>
  );
}
