/** Connections that no server should send. Two are completely broken; of the others, all valid parts can be shown. */
export const hostileConnections: readonly unknown[] = [
  null,
  { type: 'no id' },
  { id: 'nulls', type: null, join: null, fields: null, metadata: null, created_at: null, created_by: null },
  {
    id: '../[click](command:workbench.action.quit)‮<b>',
    type: 'unheard_of',
    join: { attribute: 7, type: { deep: true } },
    created_at: 'yesterday',
    metadata: { ['__proto__']: 'x', nested: { a: 1 } },
    fields: [
      null,
      { display_name: 'no id' },
      { id: 1, type: ['string'], groups: 'none', display_name: '$(sync~spin) <img src=x onerror=alert(1)>' },
      { id: '__proto__', source_name: '', type: 'quantum', groups: [null, 'Odd'], extra: { x: [] } },
    ],
  },
  { id: 'fields-that-are-none', fields: 'x' },
];
