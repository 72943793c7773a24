import { textOf } from '../json.js';
import { assignmentLinks } from './access.js';
import { text } from './field.js';
import { defineKind } from './kind.js';

export const roleAssignment = defineKind({
  name: 'roleAssignments',
  singular: 'role assignment',
  summary:
    'One role of one machine-to-machine application. Additive: other roles of the application stay as they are.',
  fields: {
    application: text({
      required: true,
      immutable: true,
      reference: { kind: 'applications' },
      description: 'The key of a machine-to-machine application.',
    }),
    role: text({
      required: true,
      immutable: true,
      reference: { kind: 'roles' },
      description: 'The key of a machine-to-machine role.',
    }),
  },
  key: ['application', 'role'],
  title: 'application',
  link: {
    from: { field: 'application', kind: 'applications', relation: 'roles' },
    to: { field: 'role', kind: 'roles' },
  },
  access: { links: (_address, fields) => assignmentLinks(fields) },
  check: ({ application, role }, lookup) => {
    const findings = [];
    const applicationFields = lookup('applications', textOf(application));
    if (applicationFields?.type !== undefined && applicationFields.type !== 'MachineToMachine') {
      findings.push({
        code: 'wrong-value' as const,
        severity: 'error' as const,
        path: ['application'],
        message: `${textOf(application)} is of type ${textOf(applicationFields.type)}; only machine-to-machine applications have roles`,
      });
    }
    if (applicationFields?.roles !== undefined) {
      findings.push({
        code: 'conflict' as const,
        severity: 'error' as const,
        path: ['application'],
        message: `applications.${textOf(application)} states its whole set of roles, so a roleAssignment cannot add to it`,
        hint: `add "${textOf(role)}" to applications.${textOf(application)}.roles, or take that field out`,
      });
    }
    const roleFields = lookup('roles', textOf(role));
    if (roleFields && (roleFields.type ?? 'User') !== 'MachineToMachine') {
      findings.push({
        code: 'wrong-value' as const,
        severity: 'error' as const,
        path: ['role'],
        message: `roles.${textOf(role)} is a role for users; an application can have machine-to-machine roles only`,
        hint: `set roles.${textOf(role)}.type: MachineToMachine, or name another role`,
      });
    }
    return findings;
  },
});
