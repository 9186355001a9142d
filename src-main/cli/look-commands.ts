import { formatCount } from '../../src-shared/number-text';
import { formatShape } from '../../src-shared/ops/dims';
import type { WireType } from '../../src-shared/types/ports';
import { classesOf } from '../../src-shared/types/signature';
import { openDocument } from './open-document';
import { planLine, planTable } from './plan-lines';
import type { RunOptions } from './run-command';
import { exitCodes, inSession, type Session } from './session';
import { alignTable } from './table-text';

/** `check FILE`: what is wrong, and the types on all wires. */
export function checkCommand(file: string, options: RunOptions): Promise<void> {
  return inSession(options, async (session) => {
    const ask = await openDocument(file, options);
    const { problems, types } = await session.runs.check(ask);
    const isWrong = problems.some(({ severity }) => severity === 'error');
    if (session.isJson) session.writeJson({ problems, types });
    else {
      showTypes(session, ask.document.nodes, types);
      session.report(problems);
      const counts = { nodes: Object.keys(ask.document.nodes).length, edges: Object.keys(ask.document.edges).length };
      if (problems.length === 0) session.terminal.line(session.say('noProblems', counts));
    }
    return isWrong ? exitCodes.wrongInput : exitCodes.done;
  });
}

/** `plan FILE`: what would run, and why. */
export function planCommand(file: string, options: RunOptions): Promise<void> {
  return inSession(options, async (session) => {
    const ask = await openDocument(file, options);
    const { problems, steps } = await session.runs.plan(ask);
    if (session.isJson) session.writeJson({ problems, steps });
    else {
      for (const line of planTable(steps, session.say, session.language)) session.terminal.line(line);
      session.terminal.line(planLine(steps, session.say));
      session.report(problems);
    }
    return problems.some(({ severity }) => severity === 'error') ? exitCodes.wrongInput : exitCodes.done;
  });
}

function showTypes(
  session: Session,
  nodes: Readonly<Record<string, { readonly name: string }>>,
  types: Readonly<Record<string, Readonly<Record<string, WireType>>>>,
): void {
  const rows = Object.entries(types).flatMap(([id, ports]) =>
    Object.entries(ports).map(([port, type]) => [
      `${nodes[id]?.name ?? id}.${port}`,
      type.type,
      typeText(session, type),
    ]),
  );
  for (const line of alignTable(rows)) session.terminal.line(line);
}

function typeText({ say }: Session, type: WireType): string {
  const count = (name: 'rows' | 'columns' | 'parameters' | 'classes', value: number | undefined) =>
    value === undefined ? [] : [say(name, { count: formatCount(value) })];
  switch (type.type) {
    case 'table':
    case 'dataset':
      return [...count('rows', type.rows), ...count('columns', type.columns.length)].join(say('comma'));
    case 'tensor':
      return [`${formatShape(type.shape)} ${type.dtype}`, ...count('parameters', type.parameters)].join(say('comma'));
    case 'model':
      return [
        ...type.outputs.flatMap((field) => count('classes', classesOf(field)?.length)),
        ...count('parameters', type.parameters),
      ].join(say('comma'));
    case 'estimator':
      return count('parameters', type.parameters).join('');
    default:
      return '';
  }
}
