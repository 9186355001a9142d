import { FolderOpen, Rocket } from 'lucide-react';
import { formatBytes, formatCount } from '../../../src-shared/number-text';
import type { ArtifactPreview } from '../../../src-shared/preview';
import type { ParityReport } from '../../../src-shared/runs/values';
import { orTell } from '../../app/tell';
import { ask } from '../../bridge/bridge';
import { runCommand } from '../../commands/run-command';
import { ParityTable } from '../../deploy/parity-table';
import { useTranslate } from '../../i18n/i18n';
import { useSettings } from '../../store/settings';
import { ScrollBox } from '../scroll-box';
import { Caption } from './caption';

interface Props {
  readonly name: string;
  readonly artifact: ArtifactPreview;
  readonly state: string | undefined;
}

/** An export: its files, and the proof that each format predicts what the app does. */
export function ArtifactView({ name, artifact, state }: Props) {
  const t = useTranslate();
  const isDesktop = useSettings(({ host }) => host === 'desktop');
  const { path, bytes, files, parity, endpoint } = artifact;
  return (
    <>
      <Caption
        parts={[name, formatBytes(bytes), parity ? proof(parity, t('panels.largestDifference')) : undefined, state]}
      />
      <ScrollBox className="artifact-view" aria-label={name}>
        <section className="artifact-files">
          <p className="artifact-path mono small" title={path}>
            {endpoint ?? path}
          </p>
          <div className="artifact-buttons">
            {isDesktop ? (
              <button type="button" className="button" onClick={() => void orTell(ask('file:reveal', { path }))}>
                <FolderOpen size={14} strokeWidth={1.75} aria-hidden="true" />
                {t('panels.showInFolder')}
              </button>
            ) : null}
            <button type="button" className="button" onClick={() => runCommand('deploy.open')}>
              <Rocket size={14} strokeWidth={1.75} aria-hidden="true" />
              {t('panels.deploy')}
            </button>
          </div>
          <ul className="artifact-list small">
            {files.map((file) => (
              <li key={file.name}>
                <span className="mono">{file.name}</span>
                <span className="mono muted">{formatBytes(file.bytes)}</span>
              </li>
            ))}
          </ul>
        </section>
        {parity ? (
          <section className="artifact-parity small">
            <ParityTable parity={parity} />
          </section>
        ) : null}
      </ScrollBox>
    </>
  );
}

/** `largest difference 2.4e-7 of 1.0e-4 allowed`, over all formats. */
function proof({ formats, tolerance, rows }: ParityReport, words: string): string {
  const largest = Math.max(0, ...Object.values(formats).map(({ maxDifference }) => maxDifference));
  return words
    .replace('{difference}', largest.toExponential(1))
    .replace('{tolerance}', tolerance.toExponential(1))
    .replace('{rows}', formatCount(rows));
}
