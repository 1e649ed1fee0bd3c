/**
 * The bundle of the sample service: loaded by the extension on first use, or run as a program. Other bundles import
 * `./server`, because in their entry point this module would run as a program.
 */
import { runCommandLine } from './commandLine';

export { startSampleService, type SampleService } from './server';
export type { SampleOptions } from './common/options';
export type { Fault } from './faults';

if (require.main === module) void runCommandLine(process.argv.slice(2));
