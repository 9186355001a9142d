import type { HTMLAttributes } from 'react';
import { useDraft } from './use-draft';

interface Props extends Pick<HTMLAttributes<HTMLInputElement>, 'id' | 'className' | 'aria-label' | 'aria-describedby'> {
  readonly value: string;
  /** False where the text was refused; it stays. */
  readonly onCommit: (text: string) => boolean;
  readonly isDisabled?: boolean;
  readonly isInvalid?: boolean;
  readonly placeholder?: string;
}

/** A line of text that is taken at Enter or when the field is left; Escape brings the old one back. */
export function TextInput({ value, onCommit, isDisabled, isInvalid, className = 'input', ...rest }: Props) {
  const draft = useDraft(value, onCommit);
  return (
    <input
      {...rest}
      className={className}
      autoComplete="off"
      spellCheck={false}
      aria-invalid={isInvalid}
      disabled={isDisabled}
      value={draft.text}
      onChange={({ target }) => draft.type(target.value)}
      onBlur={draft.finish}
      onKeyDown={(event) => {
        if (event.nativeEvent.isComposing) return;
        if (event.key === 'Enter') draft.finish();
        if (event.key === 'Escape') draft.drop();
      }}
    />
  );
}
