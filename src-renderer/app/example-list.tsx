import { ArrowRight } from 'lucide-react';
import { ask } from '../bridge/bridge';
import { useLanguage } from '../i18n/i18n';
import { openDialog } from '../store/ui';
import { openExample } from './documents';
import { Sketch } from './sketch';
import { useHostList } from './use-host-list';

/** Pipelines that run at once, with what they show. One click opens one. */
export function ExampleList() {
  const language = useLanguage();
  const { list = [] } = useHostList(() => ask('document:examples', {}));
  return (
    <ul className="example-list">
      {list.map(({ name, title, summary }) => (
        <li key={name}>
          <button
            type="button"
            className="example-card"
            onClick={() => {
              openDialog(undefined);
              void openExample(name);
            }}
          >
            <Sketch seed={name} />
            <span className="example-title">
              {title[language]}
              <ArrowRight size={16} strokeWidth={1.75} aria-hidden="true" />
            </span>
            <span className="muted">{summary[language]}</span>
          </button>
        </li>
      ))}
    </ul>
  );
}
