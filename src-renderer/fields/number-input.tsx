import { type NumberLimits, numberText, parseNumber, stepNumber } from './number-steps';
import { useDraft } from './use-draft';

interface Props extends NumberLimits {
  readonly id?: string;
  readonly label?: string;
  readonly value: unknown;
  readonly onCommit: (value: number) => boolean;
  readonly onWrong: (text: string) => void;
  readonly isDisabled?: boolean;
  readonly isInvalid?: boolean;
  readonly describedBy?: string;
}

/** A number that is typed, or stepped with the arrow keys (Shift: ten at once). The wheel leaves it alone. */
export function NumberInput(props: Props) {
  const { value, onCommit, onWrong } = props;
  const draft = useDraft(numberText(value), (text) => {
    const number = parseNumber(text);
    if (number !== undefined) return onCommit(number);
    onWrong(text);
    return false;
  });
  const step = (direction: 1 | -1, isBig: boolean) => {
    const from = parseNumber(draft.text);
    if (from !== undefined) draft.put(String(stepNumber(from, { direction, isBig }, props)));
  };
  return (
    <input
      id={props.id}
      className="input mono"
      inputMode={props.isInt ? 'numeric' : 'decimal'}
      autoComplete="off"
      spellCheck={false}
      aria-label={props.label}
      aria-invalid={props.isInvalid}
      aria-describedby={props.describedBy}
      disabled={props.isDisabled}
      value={draft.text}
      onChange={({ target }) => draft.type(target.value)}
      onBlur={draft.finish}
      onKeyDown={(event) => {
        if (event.nativeEvent.isComposing) return;
        if (event.key === 'Enter') draft.finish();
        else if (event.key === 'Escape') draft.drop();
        else if (event.key === 'ArrowUp' || event.key === 'ArrowDown') {
          event.preventDefault();
          step(event.key === 'ArrowUp' ? 1 : -1, event.shiftKey);
        }
      }}
    />
  );
}
