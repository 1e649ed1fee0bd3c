import type { Action } from '../../contract/action';
import type { Resource } from '../../contract/resource';
import { createConnection, type ActionParts } from './createConnection';
import { deleteConnection, editConnection } from './editConnection';
import { linkActions } from './linkConnection';
import { pipelineActions } from './pipelines';

/**
 * The actions of a resource, in the order of menus: the most dangerous last. Connections, their links and pipelines can be
 * changed. Makes no request.
 */
export function listActions(parts: ActionParts, resource: Resource): readonly Action[] {
  const { operations, connectors } = parts;
  switch (resource.kind) {
    case 'account':
      return [createConnection(parts, resource)];
    case 'pipeline':
      return pipelineActions(operations, resource);
    case 'connection':
      return [
        editConnection(operations, resource),
        ...linkActions(operations, connectors, resource),
        deleteConnection(operations, resource),
      ];
    default:
      return [];
  }
}
