import { useVirtualizer } from '@tanstack/react-virtual';
import { Copy } from 'lucide-react';
import { useEffect, useMemo, useRef, useState } from 'react';
import { Select } from '../../fields/select';
import { clockText } from '../../i18n/format';
import { useTranslate } from '../../i18n/i18n';
import { useRun } from '../../store/runs';
import type { Tab } from '../../store/workspace';
import { BarTools } from '../bar-tools';
import { copyText } from '../copy-text';
import { EmptyNote, RunButton } from '../empty-note';
import { type LogFilter, type LogLine, logLines, logText, speakers } from './log-lines';
import './log.css';

const lineHeight = 22;

/** What nodes said while they ran. */
export function LogPanel({ tab }: { readonly tab: Tab }) {
  const t = useTranslate();
  const { run } = useRun(tab.id);
  const [filter, setFilter] = useState<LogFilter>({ node: '', isWarningsOnly: false });
  const names = useMemo(() => speakers(run), [run]);
  const lines = useMemo(() => logLines(run, filter), [run, filter]);
  if (run.run === undefined) {
    return (
      <EmptyNote text={t('panels.noLog')}>
        <RunButton />
      </EmptyNote>
    );
  }
  return (
    <>
      <BarTools>
        <Filter names={names} filter={filter} onChange={setFilter} />
        <button
          type="button"
          className="icon-button"
          aria-label={t('panels.copyLog')}
          title={t('panels.copyLog')}
          disabled={lines.length === 0}
          onClick={() => copyText(logText(lines), t('panels.copiedLog'))}
        >
          <Copy size={16} strokeWidth={1.75} aria-hidden="true" />
        </button>
      </BarTools>
      {lines.length === 0 ? (
        <EmptyNote text={t(names.length === 0 ? 'panels.noLog' : 'panels.logFiltered')} />
      ) : (
        <Lines lines={lines} />
      )}
    </>
  );
}

interface FilterProps {
  readonly names: readonly string[];
  readonly filter: LogFilter;
  readonly onChange: (filter: LogFilter) => void;
}

function Filter({ names, filter, onChange }: FilterProps) {
  const t = useTranslate();
  return (
    <>
      <Select
        className="bottom-select"
        aria-label={t('panels.node')}
        value={filter.node}
        onChange={({ target }) => onChange({ ...filter, node: target.value })}
      >
        <option value="">{t('panels.allNodes')}</option>
        {names.map((name) => (
          <option key={name}>{name}</option>
        ))}
      </Select>
      <label className="log-level small">
        <input
          type="checkbox"
          checked={filter.isWarningsOnly}
          onChange={({ target }) => onChange({ ...filter, isWarningsOnly: target.checked })}
        />
        {t('panels.warningsOnly')}
      </label>
    </>
  );
}

/** The newest line stays in sight, unless somebody has scrolled up to read. */
function Lines({ lines }: { readonly lines: readonly LogLine[] }) {
  const t = useTranslate();
  const box = useRef<HTMLDivElement>(null);
  const isAtEnd = useRef(true);
  const rows = useVirtualizer({
    count: lines.length,
    getScrollElement: () => box.current,
    estimateSize: () => lineHeight,
    overscan: 12,
  });
  useEffect(() => {
    if (isAtEnd.current) rows.scrollToIndex(lines.length - 1);
  }, [rows, lines.length]);
  return (
    <div
      ref={box}
      className="log-lines scroll mono"
      role="log"
      aria-label={t('panels.log')}
      // biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls with the arrow keys when it has the focus
      tabIndex={0}
      onScroll={({ currentTarget: { scrollTop, clientHeight, scrollHeight } }) => {
        isAtEnd.current = scrollTop + clientHeight > scrollHeight - lineHeight;
      }}
    >
      <div className="log-body" style={{ height: rows.getTotalSize() }}>
        {rows.getVirtualItems().map(({ index, start, key }) => {
          const line = lines[index];
          return line ? <Line key={key} line={line} top={start} /> : null;
        })}
      </div>
    </div>
  );
}

function Line({ line: { at, node, level, message }, top }: { readonly line: LogLine; readonly top: number }) {
  return (
    <div className="log-line" data-level={level} style={{ top, height: lineHeight }} title={message}>
      <time className="muted" dateTime={at}>
        {clockText(at)}
      </time>
      <span className="log-node">{node}</span>
      <span className="log-message">{message}</span>
    </div>
  );
}
