/**
 * The bundle of the sample service: loaded by the extension when it is first needed, or started as a program.
 * Other bundles import `./server`, for in their entry this module would take itself for the program.
 */
import { runCommandLine } from './commandLine';

export { startSampleService, type SampleService } from './server';
export type { SampleOptions } from './common/options';
export type { Fault } from './faults';

if (require.main === module) void runCommandLine(process.argv.slice(2));
