/** `npm run cluster`: a cluster that runs until Ctrl-C. */
import { once } from 'node:events';
import { startCluster } from './cluster.ts';
import { users } from './users.ts';

const cluster = await startCluster({ log: console.log }).catch((error: Error) => {
  console.error(error.message); // a stack would tell nothing more
  process.exit(1);
});
await cluster.addNamespace('demo');

console.log(`
A Kubernetes cluster runs at ${cluster.server}

  export KUBECONFIG=${cluster.kubeconfig('admin')}

Users (deployer, namespace-admin and reader hold their roles in the namespace demo):
${users.map((user) => `  ${user.padEnd(16)} ${cluster.kubeconfig(user)}`).join('\n')}

Scenarios: annotate a Pod with local-cluster/scenario, or use the word as its image tag:
  ready  crash-loop  crash-twice  no-image  invalid-image  missing-key  unready  fail  hang
What they do: local-cluster/README.md

Audit log: ${cluster.auditLog || 'that of the other cluster'}
Ctrl-C stops the cluster and removes it.`);

await Promise.race([once(process, 'SIGINT'), once(process, 'SIGTERM')]);
console.log('stopping');
await cluster.stop();
