import { Command, CommanderError, Option } from 'commander';
import packageJson from '../../package.json';
import { devices } from '../../src-shared/window-data';
import { type DeployOptions, deployCommand } from './deploy';
import { doctorCommand } from './doctor-command';
import { type ExportOptions, exportCommand } from './export-command';
import { checkCommand, planCommand } from './look-commands';
import { chooseLanguage, type MessageName, type Say, speak } from './messages';
import { nodesCommand } from './nodes-command';
import { queueCommands } from './queue-commands';
import { type RunOptions, runCommand } from './run-command';
import { type ServeOptions, serveCommand } from './serve-command';
import { type CommonOptions, exitCodes } from './session';
import { ignoreClosedPipes } from './terminal';
import { type WebOptions, webCommand } from './web-command';

/** Repeatable options gather into a list. */
const gather = (value: string, before: readonly string[] | undefined) => [...(before ?? []), value];

/** Adds a command with the options that all of them take. */
function adder(program: Command, say: Say): (usage: string, about: MessageName) => Command {
  return (usage, about) =>
    program
      .command(usage)
      .description(say(about))
      .option('--json', say('optionJson'))
      .option('--store <folder>', say('optionStore'))
      .addOption(new Option('--lang <language>', say('optionLang')).choices(['en', 'zh']))
      .exitOverride();
}

function withSettings(made: Command, say: Say): Command {
  return made.option('--set <node.param=value>', say('optionSet'), gather).option('--no-cache', say('optionNoCache'));
}

function withDevice(made: Command, say: Say): Command {
  return made.addOption(new Option('--device <device>', say('optionDevice')).choices(devices));
}

function withDocument(made: Command, say: Say): Command {
  return withDevice(withSettings(made, say), say);
}

/** The command line, in the language of the help it prints. */
export function buildProgram(say: Say): Command {
  const program = new Command('modelyard').description(say('about')).version(packageJson.version).exitOverride();
  const add = adder(program, say);
  withDocument(add('run <file>', 'aboutRun'), say)
    .option('--to <node>', say('optionTo'))
    .option('--allow-secret <name@host>', say('optionAllowSecret'), gather)
    .action((file: string, options: RunOptions) => runCommand(file, options));
  withDocument(add('check <file>', 'aboutCheck'), say).action((file: string, options: RunOptions) =>
    checkCommand(file, options),
  );
  withDocument(add('plan <file>', 'aboutPlan'), say)
    .option('--to <node>', say('optionTo'))
    .action((file: string, options: RunOptions) => planCommand(file, options));
  withDocument(add('export <file>', 'aboutExport'), say)
    .requiredOption('--to <folder>', say('optionToFolder'))
    .option('--node <name>', say('optionNode'))
    .action((file: string, options: ExportOptions) => exportCommand(file, options));
  withDocument(add('serve <path>', 'aboutServe'), say)
    .option('--port <number>', say('optionPort'))
    .option('--node <name>', say('optionNode'))
    .action((path: string, options: ServeOptions) => serveCommand(path, options));
  withDocument(add('deploy <file>', 'aboutDeploy'), say)
    .requiredOption('--target <target>', say('optionTarget'))
    .option('--config <name=value>', say('optionConfig'), gather)
    .option('--bundle <folder>', say('optionBundle'))
    .option('--node <name>', say('optionNode'))
    .option('--dry-run', say('optionDryRun'))
    .option('--stop', say('optionStop'))
    .option('--delete', say('optionDelete'))
    .action((file: string, options: DeployOptions) => deployCommand(file, options));
  add('web [files...]', 'aboutWeb')
    .option('--port <number>', say('optionPort'))
    .action((files: readonly string[], options: WebOptions) => webCommand(files, options));
  const queue = program.command('queue').description(say('aboutQueue')).exitOverride();
  queueCommands(adder(queue, say), { withSettings, withDevice }, say);
  add('nodes [kind]', 'aboutNodes').action((kind: string | undefined, options: CommonOptions) =>
    nodesCommand(kind, options),
  );
  add('doctor', 'aboutDoctor').action((options: CommonOptions) => doctorCommand(options));
  return program;
}

async function main(): Promise<void> {
  ignoreClosedPipes([process.stdout, process.stderr]);
  const asked = process.argv.indexOf('--lang');
  const say = speak(chooseLanguage(asked > 0 ? process.argv[asked + 1] : undefined, process.env));
  try {
    await buildProgram(say).parseAsync();
  } catch (error) {
    if (!(error instanceof CommanderError)) throw error;
    // Help and version are no mistakes; everything else commander says is wrong input.
    process.exitCode = error.exitCode === 0 ? exitCodes.done : exitCodes.wrongInput;
  }
}

await main();
