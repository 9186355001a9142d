import { useDraft } from '../fields/use-draft';

interface Props {
  readonly label: string;
  readonly value: string;
  readonly isDisabled: boolean;
  readonly onCommit: (text: string) => boolean;
}

/** Several lines of text, taken when the field is left or with Ctrl+Enter. */
export function TextArea({ label, value, isDisabled, onCommit }: Props) {
  const draft = useDraft(value, onCommit);
  return (
    <textarea
      className="input inspector-text"
      aria-label={label}
      rows={6}
      disabled={isDisabled}
      value={draft.text}
      onChange={({ target }) => draft.type(target.value)}
      onBlur={draft.finish}
      onKeyDown={(event) => {
        if (event.nativeEvent.isComposing) return;
        if (event.key === 'Escape') draft.drop();
        if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) draft.finish();
      }}
    />
  );
}
