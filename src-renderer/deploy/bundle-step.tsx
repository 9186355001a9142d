import { PackageOpen, ShieldCheck } from 'lucide-react';
import { useState } from 'react';
import type { Bundle } from '../../src-shared/deploy';
import { formatBytes } from '../../src-shared/number-text';
import { useLanguage, useTranslate } from '../i18n/i18n';
import type { Tab } from '../store/workspace';
import { BundleFolder } from './bundle-folder';
import { chooseBundle, loadBundles } from './deploy-actions';
import { useDeploy } from './deploy-store';
import { ExportNow } from './export-now-button';
import { ParityTable } from './parity-table';
import { ProblemNote } from './problem-note';

/** Step 1: which proven export is sent; one is made here where there is none. */
export function BundleStep({ tab }: { readonly tab: Tab }) {
  const t = useTranslate();
  const { bundles, bundle } = useDeploy();
  if (bundles.state === 'loading') return <p className="muted">{t('deploy.loading')}</p>;
  if (bundles.state === 'failed') {
    return (
      <ProblemNote problem={bundles.problem}>
        <button type="button" className="button" onClick={() => void loadBundles(tab.id)}>
          {t('deploy.retry')}
        </button>
      </ProblemNote>
    );
  }
  const shown = bundle && !bundles.value.some(({ path }) => path === bundle.path) ? [bundle] : [];
  const all = [...shown, ...bundles.value];
  return (
    <div className="deploy-stack">
      {all.length === 0 ? <NoBundle tab={tab} /> : <BundleList bundles={all} tab={tab} />}
      <BundleFolder tab={tab} />
    </div>
  );
}

function NoBundle({ tab }: { readonly tab: Tab }) {
  const t = useTranslate();
  return (
    <div className="deploy-empty">
      <PackageOpen size={28} aria-hidden="true" />
      <h3>{t('deploy.noBundleTitle')}</h3>
      <p className="muted">{t('deploy.noBundle')}</p>
      <ExportNow tab={tab} isPrimary />
    </div>
  );
}

function BundleList({ bundles, tab }: { readonly bundles: readonly Bundle[]; readonly tab: Tab }) {
  const t = useTranslate();
  const chosen = useDeploy(({ bundle }) => bundle);
  const [isAll, setAll] = useState(false);
  const shown = isAll ? bundles : bundles.filter(({ path }, index) => index === 0 || path === chosen?.path);
  return (
    <>
      <p className="muted">{t('deploy.bundleIntro')}</p>
      <div className="deploy-cards" role="radiogroup" aria-label={t('deploy.stepBundle')}>
        {shown.map((bundle) => (
          <BundleCard key={bundle.path} bundle={bundle} isChosen={bundle.path === chosen?.path} />
        ))}
      </div>
      {shown.length < bundles.length ? (
        <button type="button" className="button" onClick={() => setAll(true)}>
          {t('deploy.olderBundles', { count: bundles.length - shown.length })}
        </button>
      ) : null}
      {chosen ? <ParityTable parity={chosen.parity} /> : null}
      <ExportNow tab={tab} isPrimary={false} />
    </>
  );
}

function BundleCard({ bundle, isChosen }: { readonly bundle: Bundle; readonly isChosen: boolean }) {
  const t = useTranslate();
  const language = useLanguage();
  const when = new Date(bundle.madeAt).toLocaleString(language === 'zh' ? 'zh-CN' : 'en');
  return (
    <label className="deploy-card" data-chosen={isChosen}>
      <input type="radio" name="bundle" checked={isChosen} onChange={() => chooseBundle(bundle)} />
      <span className="deploy-card-text">
        <span className="deploy-card-title">
          {bundle.name}
          <span className="deploy-badge ok">
            <ShieldCheck size={12} aria-hidden="true" /> {t('deploy.verified')}
          </span>
        </span>
        <span className="muted">
          {t('deploy.madeAt', { when })} · {formatBytes(bundle.bytes)}
        </span>
        <span className="mono small muted deploy-path">{bundle.path}</span>
      </span>
    </label>
  );
}
