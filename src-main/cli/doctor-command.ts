import { diagnose } from '../backends/doctor';
import { type CommonOptions, exitCodes, inSession } from './session';
import { alignTable } from './table-text';

const marks = { ok: '✓', missing: '·', warning: '!' } as const;

/** `doctor`: what this machine offers, what is missing, and how to get it. */
export function doctorCommand(options: CommonOptions): Promise<void> {
  return inSession(options, async ({ isJson, language, terminal, writeJson }) => {
    const findings = await diagnose();
    if (isJson) for (const finding of findings) writeJson(finding);
    else {
      const rows = findings.map(({ name, state, detail, fix }) => [
        marks[state],
        name[language],
        fix === undefined ? detail[language] : `${detail[language]} → ${fix}`,
      ]);
      for (const line of alignTable(rows)) terminal.line(line);
    }
    return exitCodes.done;
  });
}
