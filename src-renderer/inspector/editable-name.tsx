import { useState } from 'react';
import type { Problem } from '../../src-shared/problem';
import { ProblemLine } from '../fields/problem-line';
import { TextInput } from '../fields/text-input';

interface Props {
  readonly label: string;
  readonly name: string;
  readonly isDisabled: boolean;
  /** The problem where the name is refused; what was typed stays. */
  readonly onRename: (name: string) => Problem | undefined;
}

/** A name that is text until it is edited. */
export function EditableName({ label, name, isDisabled, onRename }: Props) {
  const [refused, setRefused] = useState<{ readonly problem: Problem; readonly of: string }>();
  const refusal = refused?.of === name ? refused.problem : undefined;
  const rename = (typed: string) => {
    const problem = onRename(typed.trim());
    setRefused(problem && { problem, of: name });
    return problem === undefined;
  };
  return (
    <>
      <TextInput
        className="input mono inspector-name"
        aria-label={label}
        value={name}
        onCommit={rename}
        isDisabled={isDisabled}
        isInvalid={refusal !== undefined}
      />
      {refusal ? <ProblemLine problem={refusal} /> : null}
    </>
  );
}
