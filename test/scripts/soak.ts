/**
 * Runs the window for a long time, and fails if anything grows: 24 simulated hours with four accounts, and
 * ten real minutes in the extension host of VS Code.
 *
 *   node out/scripts/soak.js [simulated | host] [--hours N] [--minutes N] [--leak memory,listener,timer]
 */
import { parseArgs } from 'node:util';
import { compare, findLeaks, type Allowances, type Figures } from './soak/figures';
import { soakHost } from './soak/host';
import { getLeaks } from './soak/leaks';
import { startSimulation } from './soak/simulation';
import { program } from './lib/program';

const { values, positionals } = parseArgs({
  options: { hours: { type: 'string' }, minutes: { type: 'string' }, leak: { type: 'string' } },
  allowPositionals: true,
});

const HOUR = 60;
/** Allowed growth since the first hour. */
const simulatedAllowances: Allowances = {
  // V8 continues compiling for some hours.
  ...{ heap: 8 * 1024 * 1024, data: 256 * 1024 },
  ...{ timers: 6, listeners: 4, sockets: 8, entries: 2 },
  // Claims expire after two hours and are pruned every hour, so those of up to three hours exist, instead of
  // one.
  files: 12,
};

program(async () => {
  const wanted = (name: string): boolean => positionals.length === 0 || positionals.includes(name);
  const grown: string[] = [];
  if (wanted('simulated')) grown.push(...(await soakSimulated(Number(values.hours ?? 24))));
  if (wanted('host')) grown.push(...(await soakHost(Number(values.minutes ?? 10), values.leak)));
  for (const figure of grown) console.log(`✖ ${figure}`);
  console.log(grown.length === 0 ? 'soak: nothing grew' : `soak: ${grown.length} grew`);
  return grown.length === 0 ? 0 : 1;
}, 3_600_000);

async function soakSimulated(hours: number): Promise<readonly string[]> {
  await using simulation = await startSimulation(getLeaks(values.leak));
  await simulation.pass(HOUR);
  const before = await simulation.measure();
  await simulation.pass((hours - 1) * HOUR);
  const { first, last, grown } = await compare(before, await simulation.measure());
  print('hour 1', first);
  print(`hour ${hours}`, last);
  console.log(`${simulation.notified} notifications. What grew most since the first hour:`);
  for (const line of grown) console.log(line);
  return findLeaks(first, last, simulatedAllowances);
}

function print(when: string, { heap, data, ...counts }: Figures): void {
  const others = Object.entries(counts).map(([name, count]) => `${count} ${name}`);
  const megabytes = (bytes: number): string => `${(bytes / 1024 / 1024).toFixed(2)} MB`;
  console.log(`${when}: heap ${megabytes(heap)}, data ${megabytes(data)}, ${others.join(', ')}`);
}
