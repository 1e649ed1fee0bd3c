import { fstatSync } from 'node:fs';
import { parseArgs } from 'node:util';
import type { SampleOptions } from './common/options';
import { startSampleService, type SampleService } from './server';

interface NumberFlag {
  readonly name: string;
  readonly key: keyof Numbers;
  readonly least: number;
  readonly what: string;
}

type Numbers = {
  -readonly [
    Key in keyof SampleOptions as SampleOptions[Key] extends number | undefined ? Key : never
  ]?: number;
} & {
  /** Seconds until the service stops; 0 means never. */
  lifetime?: number;
};

const numberFlags: readonly NumberFlag[] = [
  { name: 'port', key: 'port', least: 0, what: 'port on 127.0.0.1; 0 takes any free one (0)' },
  { name: 'connections', key: 'connections', least: 0, what: 'connections (40)' },
  { name: 'datasets', key: 'datasets', least: 0, what: 'datasets of each connection (6)' },
  { name: 'backfills', key: 'backfills', least: 0, what: 'backfills of each dataset (8)' },
  { name: 'data-views', key: 'dataViews', least: 0, what: 'data views of each connection (3)' },
  {
    name: 'audit-entries',
    key: 'auditEntries',
    least: 0,
    what: 'audit log entries of each connection and data view (12)',
  },
  {
    name: 'batches',
    key: 'batches',
    least: 0,
    what: 'batches of each dataset in Experience Platform (25)',
  },
  { name: 'krenalis', key: 'krenalisConnections', least: 0, what: 'connections of Krenalis (8)' },
  { name: 'latency', key: 'latency', least: 0, what: 'milliseconds added to every answer (0)' },
  { name: 'rate', key: 'rate', least: 0, what: 'requests in 6 seconds; 0 is unlimited (12)' },
  {
    name: 'retry-after',
    key: 'retryAfter',
    least: 0,
    what: 'seconds in Retry-After of a 429; 0 sends none (0)',
  },
  { name: 'seed', key: 'seed', least: 0, what: 'another number makes another organization (1)' },
  {
    name: 'backfill-seconds',
    key: 'backfillSeconds',
    least: 1,
    what: 'one step of a backfill: queued, running, done (20)',
  },
  { name: 'token-seconds', key: 'tokenSeconds', least: 1, what: 'life of a token (86399)' },
  { name: 'max-limit', key: 'maxLimit', least: 1, what: 'most items of one page (1000)' },
  {
    name: 'lifetime',
    key: 'lifetime',
    least: 0,
    what: 'seconds until the service stops by itself; 0 runs on (0)',
  },
];

const switches = {
  spring: 'page envelope of the OpenAPI document instead of the guide',
  mixed: 'that envelope for data views alone, as the client cjapy reads them',
  'no-admin': 'account without product-admin right: an empty list of connections',
  hostile: 'names, fields and dates that no server should send',
  help: 'this text',
} as const;

/**
 * Runs the sample service as a program, until its lifetime is over, it receives a signal, or the pipe on its standard
 * input closes, so that it ends with the program that started it. Prints its address and its credentials as JSON. Sets
 * exit code 2 if the arguments are invalid, and 1 if the port is not available.
 */
export async function runCommandLine(args: readonly string[]): Promise<void> {
  try {
    const given = parse(args);
    if (given.switches.has('help')) {
      process.stdout.write(`${usage()}\n`);
      return;
    }
    const { lifetime = 0, ...numbers } = readNumbers(given.numbers);
    const service = await startSampleService({
      ...numbers,
      envelope: getEnvelope(given),
      admin: !given.switches.has('no-admin'),
      hostile: given.switches.has('hostile'),
    });
    stopInTime(service, lifetime);
    const { origin, allCredentials } = service;
    process.stdout.write(`${JSON.stringify({ origin, ...allCredentials }, undefined, 2)}\n`);
  } catch (error) {
    process.stderr.write(`${toMessage(error)}\n`);
    process.exitCode = error instanceof ArgumentError ? 2 : 1;
  }
}

function getEnvelope({ switches: given }: Values): NonNullable<SampleOptions['envelope']> {
  if (given.has('spring')) return 'spring';
  return given.has('mixed') ? 'mixed' : 'guide';
}

class ArgumentError extends Error {
  constructor(problem: string) {
    super(`${problem}\n\n${usage()}`);
  }
}

interface Values {
  readonly numbers: Readonly<Record<string, string>>;
  readonly switches: ReadonlySet<string>;
}

function parse(args: readonly string[]): Values {
  const options = Object.fromEntries<{ type: 'string' | 'boolean' }>([
    ...numberFlags.map(({ name }) => [name, { type: 'string' }] as const),
    ...Object.keys(switches).map((name) => [name, { type: 'boolean' }] as const),
  ]);
  try {
    const { values } = parseArgs({ args: [...args], options, strict: true, allowPositionals: false });
    const given = Object.entries(values);
    return {
      numbers: Object.fromEntries(
        given.filter((entry): entry is [string, string] => typeof entry[1] === 'string'),
      ),
      switches: new Set(given.filter(([, value]) => value === true).map(([name]) => name)),
    };
  } catch (error) {
    throw new ArgumentError(toMessage(error));
  }
}

function readNumbers(values: Values['numbers']): Numbers {
  const numbers: Numbers = {};
  for (const { name, key, least } of numberFlags) {
    const text = values[name];
    if (text === undefined) continue;
    const number = /^\d{1,9}$/.test(text) ? Number(text) : -1;
    const most = key === 'port' ? 65_535 : 999_999_999;
    if (number < least || number > most) {
      throw new ArgumentError(`--${name} takes a whole number from ${least} to ${most}, not '${text}'.`);
    }
    numbers[key] = number;
  }
  return numbers;
}

function usage(): string {
  const lines = [
    ...numberFlags.map(({ name, what }) => [`--${name} N`, what] as const),
    ...Object.entries(switches).map(([name, what]) => [`--${name}`, what] as const),
  ];
  const table = lines.map(([flag, what]) => `  ${flag.padEnd(22)}${what}`);
  return ['Starts the sample service on 127.0.0.1. Defaults are in parentheses.', '', ...table].join('\n');
}

/**
 * Stops on a signal, at the end of the lifetime, and when the pipe of the parent process closes. A terminal is not a
 * pipe.
 */
function stopInTime(service: SampleService, lifetime: number): void {
  const stop = (): void => {
    process.stdin.destroy();
    clearTimeout(timer);
    void service.close();
  };
  // A longer time exceeds the range of a timer, and is treated as never.
  const timer = lifetime > 0 && lifetime < 2_147_483 ? setTimeout(stop, lifetime * 1000) : undefined;
  process.once('SIGINT', stop).once('SIGTERM', stop);
  const input = fstatSync(0);
  if (input.isFIFO() || input.isSocket()) process.stdin.resume().once('close', stop);
}

function toMessage(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
