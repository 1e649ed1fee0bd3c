import { cja } from './cja';
import { datadog } from './datadog';
import { immuta } from './immuta';
import { krenalis } from './krenalis';
import type { Service } from './contract/service';

/** All services. A new one needs a folder and an entry here. */
export const services: readonly Service[] = [cja, datadog, krenalis, immuta];

/** The service with that ID; undefined for an account of a service that this version does not know. */
export function findService(id: string): Service | undefined {
  return services.find((service) => service.id === id);
}

/** The name of a service; its ID if this version does not know it. */
export function serviceTitle(id: string): string {
  return findService(id)?.title ?? id;
}
