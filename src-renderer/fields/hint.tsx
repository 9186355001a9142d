import { Tooltip } from 'radix-ui';
import type { ReactElement } from 'react';

interface Props {
  /** Nothing is said where it is empty. */
  readonly text: string | undefined;
  readonly side?: 'top' | 'right' | 'bottom' | 'left';
  readonly children: ReactElement;
}

/** A sentence that comes up beside what the pointer rests on, or what has the focus. */
export function Hint({ text, side = 'left', children }: Props) {
  if (!text) return children;
  return (
    <Tooltip.Provider delayDuration={500}>
      <Tooltip.Root>
        <Tooltip.Trigger asChild>{children}</Tooltip.Trigger>
        <Tooltip.Portal>
          <Tooltip.Content className="surface field-hint" side={side} sideOffset={8} collisionPadding={8}>
            {text}
          </Tooltip.Content>
        </Tooltip.Portal>
      </Tooltip.Root>
    </Tooltip.Provider>
  );
}
