/** The path of a field: `spec.replicas`, `metadata.annotations["helm.sh/chart"]`. */
export function at(parent: string, field: string): string {
  if (!/^[A-Za-z_][\w-]*$/.test(field)) return `${parent}[${JSON.stringify(field)}]`;
  return parent === '' ? field : `${parent}.${field}`;
}
