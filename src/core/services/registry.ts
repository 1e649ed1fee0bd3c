import { cja } from './cja';
import { datadog } from './datadog';
import { immuta } from './immuta';
import { krenalis } from './krenalis';
import type { Service } from './contract/service';

/** Every service that the extension speaks to. A new one is a folder and a line here. */
export const services: readonly Service[] = [cja, datadog, krenalis, immuta];

/** The service of that id, or undefined where an account names one that this version does not know. */
export function findService(id: string): Service | undefined {
  return services.find((service) => service.id === id);
}

/** What people call a service; its id where this version does not know it. */
export function serviceTitle(id: string): string {
  return findService(id)?.title ?? id;
}
