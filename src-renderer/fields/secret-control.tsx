import { Popover } from 'radix-ui';
import { useEffect, useState } from 'react';
import { type Problem, ProblemError } from '../../src-shared/problem';
import type { SecretParam } from '../../src-shared/types/params';
import type { SecretInfo } from '../../src-shared/window-data';
import { ask } from '../bridge/bridge';
import { useTranslate } from '../i18n/i18n';
import type { ControlProps } from './field-context';
import { ProblemLine } from './problem-line';
import { TextInput } from './text-input';

const sources = {
  keychain: 'fields.secretKeychain',
  session: 'fields.secretSession',
  environment: 'fields.secretEnvironment',
} as const;

/** The name of a secret, where its value comes from, and a place to give the value; the value itself never shows. */
export function SecretControl(props: ControlProps<SecretParam>) {
  const t = useTranslate();
  const name = String(props.value);
  const [found, setFound] = useState<SecretInfo>();
  useEffect(() => {
    let isCurrent = true;
    ask('secret:list', { names: [name] }).then(
      ([info]) => isCurrent && setFound(info),
      () => isCurrent && setFound(undefined),
    );
    return () => {
      isCurrent = false;
    };
  }, [name]);
  return (
    <div className="field-secret">
      <TextInput
        id={props.id}
        className="input mono"
        value={name}
        onCommit={props.commit}
        isDisabled={props.context.disabled !== undefined}
        isInvalid={props.isInvalid}
        aria-describedby={props.describedBy}
      />
      <div className="field-secret-row">
        <span className="small muted">{t(found ? sources[found.from] : 'fields.secretMissing')}</span>
        <SecretValue name={name} onSet={setFound} />
      </div>
    </div>
  );
}

interface ValueProps {
  readonly name: string;
  readonly onSet: (info: SecretInfo) => void;
}

function SecretValue({ name, onSet }: ValueProps) {
  const t = useTranslate();
  const [isOpen, setOpen] = useState(false);
  const [value, setValue] = useState('');
  const [refusal, setRefusal] = useState<Problem>();
  const close = (open: boolean) => {
    setOpen(open);
    setValue('');
    setRefusal(undefined);
  };
  const send = () => {
    const sent = ask('secret:set', { name, value });
    setValue('');
    sent.then(
      (info) => {
        onSet(info);
        close(false);
      },
      (error: unknown) => setRefusal(error instanceof ProblemError ? error.problem : undefined),
    );
  };
  return (
    <Popover.Root open={isOpen} onOpenChange={close}>
      <Popover.Trigger className="button field-small-button">{t('fields.secretSet')}</Popover.Trigger>
      <Popover.Portal>
        <Popover.Content
          className="surface field-secret-form"
          align="end"
          sideOffset={4}
          collisionPadding={8}
          aria-label={t('fields.secretValue', { name })}
        >
          <form
            onSubmit={(event) => {
              event.preventDefault();
              if (value) send();
            }}
          >
            <input
              className="input"
              type="password"
              autoComplete="off"
              aria-label={t('fields.secretValue', { name })}
              placeholder={t('fields.secretValue', { name })}
              value={value}
              onChange={({ target }) => setValue(target.value)}
            />
            <button type="submit" className="button primary" disabled={!value}>
              {t('fields.secretKeep')}
            </button>
          </form>
          {refusal ? <ProblemLine problem={refusal} /> : null}
        </Popover.Content>
      </Popover.Portal>
    </Popover.Root>
  );
}
