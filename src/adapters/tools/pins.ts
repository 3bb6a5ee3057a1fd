import type { Platform } from './platforms.ts';

/*
 * The helm versions that this release of the action knows, and the sha256 of the publisher's
 * archives (https://get.helm.sh).
 *
 * Rule: a hash stands here only when two independent sources name it. A platform without two is
 * absent: its archive is verified against the publisher's checksum file, as that of a version not
 * listed here. Release notes were read in copies (pull requests and mirrors of them, November
 * 2026), the others at `repo:path@commit`.
 * At most one version a minor: the newest patch with such evidence.
 */

/** What is known of one version of a tool. */
export interface Pin {
  /** Of what is downloaded, by platform. */
  readonly sha256: Readonly<Partial<Record<Platform, string>>>;
  /** Who names which of these hashes. */
  readonly sources: Readonly<Record<string, readonly Platform[]>>;
}

const LINUX_AND_MACOS = ['linux-amd64', 'linux-arm64', 'darwin-amd64', 'darwin-arm64'] as const;
const WINDOWS = ['windows-amd64', 'windows-arm64'] as const;
const EVERY_BUT_WINDOWS_ARM64 = [...LINUX_AND_MACOS, 'windows-amd64'] as const;
const EVERY = [...LINUX_AND_MACOS, ...WINDOWS] as const;

export const HELM_PINS = {
  // 4.3.1 exists; no source of its hashes was found.
  '4.3.0': {
    sha256: {
      'linux-amd64': '86584a54def73570558f66f5111cc53dfed56689637ae32c1201205d494f54fb',
      'linux-arm64': '31c5794dd55c66a51e6b7d2e2ac7a114ae8b1de41ff1d9ba51748ac973b06a08',
      'darwin-amd64': '347a784877e0e20eac865e8d1c36a80f6bb0861d6f29abd34defb6570ef95d92',
      'darwin-arm64': 'd3870437e1e95b67f8edbde964156c84a26503f560821d40c542441658934fba',
      'windows-amd64': '304ea163cce4d9ad14e189c01846c6a34de9cfdfe48536ae54b2e8ba7884e67c',
      'windows-arm64': '4a9eefa30d26eb73900a9a0f16e97eae678582172204db60cbd454c68acea246',
    },
    sources: {
      'https://github.com/helm/helm/releases/tag/v4.3.0': LINUX_AND_MACOS,
      'Lumovi/Lumovi:scripts/helm.ts@f86451980f07': EVERY,
      'argoproj/argo-cd:hack/installers/checksums/helm-v4.3.0-*.tar.gz.sha256@cbe92c34e9f1,df8e320ebb3f,b58d19616dad,6d7b9546d043':
        LINUX_AND_MACOS,
      'microsoft/winget-pkgs:manifests/h/Helm/Helm/4.3.0/Helm.Helm.installer.yaml@9b741a58fc99':
        WINDOWS,
    },
  },
  '4.2.4': {
    sha256: {
      'linux-amd64': 'c306b46f719b0a4da32d0f78ee21bf90ce8d602f15b22ab753f0674d1670a7f3',
      'linux-arm64': '564de2191b881e9f71b5606b25345821ea1682f06ab90499d3ab22b530176da1',
      'darwin-amd64': '6c163d687ca03c3b5c01928e53bbbcf9518278f47ce7a2f249a5a08e8bdaa2bc',
      'darwin-arm64': 'd747eb4e28bd2727173d15b759fa0a17822291ec09db7ced3d55af290a3661a2',
      'windows-amd64': 'e94d83a4706fd82078c98dade2079fa9d9680c1c2bfb93bfc304ee6bc2412a32',
      'windows-arm64': 'dbe8b49ea9877abe3d77354a792efb01920da9f65a492fcb8b4fce4e08bbae8f',
    },
    sources: {
      'https://github.com/helm/helm/releases/tag/v4.2.4': EVERY,
      'argoproj/argo-cd:hack/installers/checksums/helm-v4.2.4-*.tar.gz.sha256@e33bd1d7876d':
        LINUX_AND_MACOS,
      'ScoopInstaller/Main:bucket/helm.json@1222a18c139c': WINDOWS,
      'microsoft/winget-pkgs:manifests/h/Helm/Helm/4.2.4/Helm.Helm.installer.yaml@647405c05b58':
        WINDOWS,
    },
  },
  '4.1.4': {
    sha256: {
      'linux-amd64': '70b2c30a19da4db264dfd68c8a3664e05093a361cefd89572ffb36f8abfa3d09',
      'linux-arm64': '13d03672be289045d2ff00e4e345d61de1c6f21c1257a45955a30e8ae036d8f1',
      'darwin-amd64': 'abf09c8503ad1d8ef76d3737a058c3456a998aae5f5966fce4bb3031aeb1654e',
      'darwin-arm64': '7c2eca678e8001fa863cdf8cbf6ac1b3799f9404a89eb55c08260ef5732e658d',
      'windows-amd64': 'bd60f567f667631a2c9b698dfabe5e3cd52eaaf4264163c0a9cae566db8560e8',
      'windows-arm64': 'd0a651026da4a26b28bdfc3d455ce3dfacbc267182dc2225c2172b1dcc549643',
    },
    sources: {
      'https://github.com/helm/helm/releases/tag/v4.1.4': EVERY,
      'periareon/rules_helm:helm/private/versions.bzl@4ee6a7374b28': EVERY_BUT_WINDOWS_ARM64,
      'ScoopInstaller/Main:bucket/helm.json@2aebff149168': WINDOWS,
      'microsoft/winget-pkgs:manifests/h/Helm/Helm/4.1.4/Helm.Helm.installer.yaml@ca4acb89350a':
        WINDOWS,
    },
  },
  '4.0.5': {
    sha256: {
      'linux-amd64': '730e4e9fbff94168249ddd0b9b1b8c357b7f64815462dd88c6b39f09bf18b814',
      'linux-arm64': '206a7747702d13994a93629eaed4259bd9d0aec6e23ca52d640f47f7edfdc863',
      'darwin-amd64': '270d906140eadbe95584d2cebae1fa0e46950027d82de0c4db937dc936b564a6',
      'darwin-arm64': 'b4d04ccf68004604e13878fce4a893711490914512f8759879f848136a9f5fca',
      'windows-amd64': '44035d49d9e7d93c249cef0a056f464c05c8638d074e651d586481e4d4d0208b',
      'windows-arm64': '45efc334dd5a2e9cae4aed333e9d638baec80c4cedd11a7669fe215991a69eb2',
    },
    sources: {
      'https://github.com/helm/helm/releases/tag/v4.0.5': EVERY,
      'periareon/rules_helm:helm/private/versions.bzl@4ee6a7374b28': EVERY_BUT_WINDOWS_ARM64,
      'ScoopInstaller/Main:bucket/helm.json@e8776906f4d1': WINDOWS,
      'microsoft/winget-pkgs:manifests/h/Helm/Helm/4.0.5/Helm.Helm.installer.yaml@ae4109a5c098':
        WINDOWS,
    },
  },
  '3.22.0': {
    sha256: {
      'linux-amd64': '1e4ab49e429626cf6c6958d914248b78c9730803c2751b87627e171dc800e7bb',
      'linux-arm64': 'f14e804dfee240f55525b667488fe9adca349e63e00c9af634c0beb1421ac310',
      'darwin-amd64': 'bd1d09f316558dda23698527859600936fed1371021ce0f2272d66b2fdcfa69c',
      'darwin-arm64': '4c9982a6cdeb458b60258df66b55398ca5b19293f6877faffe2909ad6f23dfe0',
      'windows-amd64': '899615865726d39f9b245e71e848c5bf4adc7ed33a8c43ede660facb48151b43',
    },
    sources: {
      'https://github.com/helm/helm/releases/tag/v3.22.0': EVERY_BUT_WINDOWS_ARM64,
      'MuratAlkan06/ml-observability-system:deploy/eks/demo.sh@f1d9bce9d49a': LINUX_AND_MACOS,
      'mnh-14/BUET-PaaS:monitoring/documentation/step-4.md@608d3c3785db': ['windows-amd64'],
    },
  },
  '3.21.4': {
    sha256: {
      'linux-amd64': '61f88ab166748cb19604d7884cb100ae9ccb13804ddeb98e08af167eacbb6a14',
      'linux-arm64': 'b54c04b4e0b2540bbdc08c17a121dab70e9a2ed0de5705528fec68a5fd3b85a7',
      'darwin-amd64': '9173d05edf9592c6be1d0412ffafd935448dfc7a63c2bc732b8c67e55503e8a8',
      'darwin-arm64': '6e0bf5eb6daafc2b1ec34bb5ba04ef103f3afc16192fb19805c2924d7ea1033f',
      'windows-amd64': '268a7b98b313403055e4f31807aeaac529c90e1188acd7857ae3e960b0f67cce',
    },
    sources: {
      'https://github.com/helm/helm/releases/tag/v3.21.4': EVERY_BUT_WINDOWS_ARM64,
      'saschagrunert/nri-supply-chain:Makefile (HELM_VERSION = 3.21.4, August or September 2026)':
        LINUX_AND_MACOS,
      'AhmettDgn/KafkaKRaft:IMPLEMENTATION-REPORT.md@0747716e0c52': ['windows-amd64'],
    },
  },
  '3.20.2': {
    sha256: {
      'linux-amd64': '258e830a9e613c8a7a302d6059b4bb3b9758f2f3e1bb8ea0d707ce10a9a72fea',
      'linux-arm64': '5ea2d6bc2cda3f8edf985e028809f5a9278f404fb8ab24044de9b7cb9b79a691',
      'darwin-amd64': '7de04301f28b902a74f6286ed941cadc86ee5e6a9086a18f2ccf1f548e99d618',
      'darwin-arm64': '139c794c22f16b579d08ddd3008c8038b9bb2814f35b5bcca91f50a1f458978d',
      'windows-amd64': '24e8e5b71bab4ee17e6f989931ecf4fb144f9916cbe9990c0b6b2ec7b925c454',
    },
    sources: {
      'https://github.com/helm/helm/releases/tag/v3.20.2': EVERY_BUT_WINDOWS_ARM64,
      'argoproj/argo-cd:hack/installers/checksums/helm-v3.20.2-*.tar.gz.sha256@191b4e3cafcf':
        LINUX_AND_MACOS,
      'AzusaFish/OJGuard:output/submission/OJGuard_submission/OJGuard/scripts/setup_agentteams_k8s.ps1@903cd23fcdab':
        ['windows-amd64'],
    },
  },
  // 3.19.5 exists; only one source of its hashes (the release notes) was found.
  '3.19.4': {
    sha256: {
      'linux-amd64': '759c656fbd9c11e6a47784ecbeac6ad1eb16a9e76d202e51163ab78504848862',
      'linux-arm64': '9e1064f5de43745bdedbff2722a1674d0397bc4b4d8d8196d52a2b730909fe62',
      'darwin-amd64': 'd9c9b1fc499c54282c4127c60cdd506da2c6202506b708a2b45fb6dfdb318f43',
      'darwin-arm64': '7e82ca63fe80a298cecefad61d0c10bc47963ff3551e94ab6470be6393a6a74b',
      'windows-amd64': '18e7d1b970dfb6f4f8ddbbd1659d75d90ca818a47519411c4cc305b918508d36',
      'windows-arm64': 'da870dbb870e5cad243f5c7dca54f27be289237a97d84077c885769a06394223',
    },
    sources: {
      'argoproj/argo-cd:hack/installers/checksums/helm-v3.19.4-*.tar.gz.sha256@5ec311001b50':
        LINUX_AND_MACOS,
      'FlorianZimmer/DeployKube-public:tests/scripts/validate-resource-contract.sh@65789cd281c4':
        LINUX_AND_MACOS,
      'ScoopInstaller/Main:bucket/helm.json@c36359390a75': WINDOWS,
      'microsoft/winget-pkgs:manifests/h/Helm/Helm/3.19.4/Helm.Helm.installer.yaml@a65e83bc66ef':
        WINDOWS,
    },
  },
  '3.18.6': {
    sha256: {
      'linux-amd64': '3f43c0aa57243852dd542493a0f54f1396c0bc8ec7296bbb2c01e802010819ce',
      'linux-arm64': '5b8e00b6709caab466cbbb0bc29ee09059b8dc9417991dd04b497530e49b1737',
      'darwin-amd64': '80cad0470e38cf25731cdead7c32dfbeb887bc177bd6fa01e31b065722f8f06b',
      'darwin-arm64': '48e30d236a1f334c6acb78501be5a851eaa2a267fefeb1131b6484eb2f9f30d7',
      'windows-amd64': '4263320a8d70df0bb1e245534fba1b541f9889005cdb68dec9798b197c3f66b0',
      'windows-arm64': 'fdff469f270d8a155d9289843b92f7b00b2ca353b8ec61532e920eeb3fc2b480',
    },
    sources: {
      'https://github.com/helm/helm/releases/tag/v3.18.6': EVERY,
      'nextjs/adapter-k8s:scripts/verify-chart-schema.sh@9f3c7ea45fc3': LINUX_AND_MACOS,
      'microsoft/winget-pkgs:manifests/h/Helm/Helm/3.18.6/Helm.Helm.installer.yaml@7b0e0837d376':
        WINDOWS,
      'ScoopInstaller/Main:bucket/helm.json@abed1f2fab74': ['windows-amd64'],
    },
  },
  '3.17.4': {
    sha256: {
      'linux-amd64': 'c91e3d7293849eff3b4dc4ea7994c338bcc92f914864d38b5789bab18a1d775d',
      'linux-arm64': '460a31d1511abb5ad776a26a2a3f0f1382a241b2df3c6d725b0f63c9058ba15a',
      'darwin-amd64': '6dfce5d8b09442205393068f5c911b8f20958edd5b67cc26f7eb3330f93225f1',
      'darwin-arm64': 'f4732719827a76452035641629aa92091adc4a9f1ccbc8d53a729b53e0add869',
      'windows-amd64': '8ffe44ee2aca8cf32156b42efd50e5dabda8da65ab1f10707d9666dea6fcc7e9',
      'windows-arm64': 'ef36602d30ce0945b57cc0ceeff674128adf8918da9af6e4fff496930549ac61',
    },
    sources: {
      'https://github.com/helm/helm/releases/tag/v3.17.4': EVERY,
      'periareon/rules_helm:helm/private/versions.bzl@4ee6a7374b28': EVERY_BUT_WINDOWS_ARM64,
      'microsoft/winget-pkgs:manifests/h/Helm/Helm/3.17.4/Helm.Helm.installer.yaml@4ba0fe8aeeca':
        WINDOWS,
      'ScoopInstaller/Main:bucket/helm.json@464586b0f38e': ['windows-amd64'],
    },
  },
} as const satisfies Readonly<Record<string, Pin>>;
