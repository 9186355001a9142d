import { formatBytes, formatCount } from '../../src-shared/number-text';
import type { ParityReport } from '../../src-shared/runs/values';
import { useTranslate } from '../i18n/i18n';

/** How each format of an export compared with the app. */
export function ParityTable({ parity }: { readonly parity: ParityReport }) {
  const t = useTranslate();
  const formats = Object.entries(parity.formats);
  if (formats.length === 0) return <p className="muted">{t('deploy.noFormats')}</p>;
  return (
    <table className="deploy-table">
      <caption className="muted">
        {t('deploy.parityCaption', { rows: formatCount(parity.rows), tolerance: exponent(parity.tolerance) })}
      </caption>
      <thead>
        <tr>
          <th scope="col">{t('deploy.format')}</th>
          <th scope="col">{t('deploy.runtime')}</th>
          <th scope="col">{t('deploy.signature')}</th>
          <th scope="col" className="number">
            {t('deploy.difference')}
          </th>
          <th scope="col" className="number">
            {t('deploy.size')}
          </th>
        </tr>
      </thead>
      <tbody>
        {formats.map(([name, { runtime, signature, maxDifference, bytes }]) => (
          <tr key={name}>
            <th scope="row">{name}</th>
            <td>{runtime}</td>
            <td>{t(signature === 'raw' ? 'deploy.signatureRaw' : 'deploy.signatureTensor')}</td>
            <td className="number mono">{exponent(maxDifference)}</td>
            <td className="number mono">{formatBytes(bytes)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function exponent(value: number): string {
  return value === 0 ? '0' : value.toExponential(1);
}
