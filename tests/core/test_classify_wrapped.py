"""One tool inside another: the innermost cause is found in what the outer one shows."""

import pytest

from retryrun.core.classify import classify

WRAPPED = [
    (
        "network",
        "docker build .",
        "#7 [3/5] RUN apt-get update && apt-get install -y curl\n"
        "#7 0.512 Err:1 http://deb.debian.org/debian bookworm InRelease\n"
        "#7 0.512   Temporary failure resolving 'deb.debian.org'\n"
        "#7 1.102 W: Some index files failed to download. They have been ignored, or old ones used instead.\n"
        "#7 1.110 E: Unable to locate package curl\n"
        '#7 ERROR: process "/bin/sh -c apt-get update && apt-get install -y curl" did not complete successfully: exit code: 100\n'
        "------\n"
        'ERROR: failed to solve: process "/bin/sh -c apt-get update" did not complete successfully: exit code: 100',
    ),
    (
        "permanent",
        "docker build .",
        "#9 [5/6] RUN npm run build\n"
        "#9 3.211 > tsc -p .\n"
        "#9 5.100 src/timeout.ts(3,5): error TS2339: Property 'connection' does not exist on type 'X'.\n"
        '#9 ERROR: process "/bin/sh -c npm run build" did not complete successfully: exit code: 2\n'
        'ERROR: failed to solve: process "/bin/sh -c npm run build" did not complete successfully: exit code: 2',
    ),
    (
        "network",
        "docker build .",
        "#12 [6/8] RUN pip install -r requirements.txt\n"
        "#12 8.1 WARNING: Retrying (Retry(total=0, connect=None, read=None, redirect=None, status=None)) after connection broken by 'ReadTimeoutError(\"HTTPSConnectionPool(host='pypi.org', port=443): Read timed out. (read timeout=15)\")': /simple/flask/\n"
        "#12 9.0 ERROR: Could not find a version that satisfies the requirement flask (from versions: none)\n"
        "#12 9.0 ERROR: No matching distribution found for flask\n"
        '#12 ERROR: process "/bin/sh -c pip install -r requirements.txt" did not complete successfully: exit code: 1',
    ),
    (
        "transient",
        "docker push x",
        "The push refers to repository [registry.example.org/x]\n"
        "a1: Pushing  1.2MB/3MB\n"
        "received unexpected HTTP status: 502 Bad Gateway",
    ),
    (
        "network",
        "npm ci",
        "npm error code 1\n"
        "npm error path /app/node_modules/sharp\n"
        "npm error command failed\n"
        "npm error command sh -c node install/libvips && node install/dll-copy\n"
        "npm error sharp: Downloading https://github.com/lovell/sharp-libvips/x.tar.br\n"
        "npm error ERR! sharp: Installation error: connect ETIMEDOUT 140.82.0.1:443",
    ),
    (
        "permanent",
        "npm ci",
        "npm error code 1\n"
        "npm error path /app/node_modules/canvas\n"
        "npm error command failed\n"
        "npm error command sh -c node-pre-gyp install --fallback-to-build\n"
        "npm error node-pre-gyp WARN Pre-built binaries not installable for canvas@2 (falling back to source compile with node-gyp)\n"
        "npm error node-pre-gyp WARN Hit error response status 404 Not Found on https://x/canvas.tar.gz\n"
        "npm error gyp ERR! stack Error: Could not find any Python installation to use",
    ),
    (
        "network",
        "pip install .",
        "Building wheels for collected packages: x\n"
        "  error: subprocess-exited-with-error\n"
        "  × Building wheel for x (pyproject.toml) did not run successfully.\n"
        "  │ exit code: 1\n"
        "  ╰─> [9 lines of output]\n"
        "      Downloading cmake...\n"
        "      urllib.error.URLError: <urlopen error [Errno -3] Temporary failure in name resolution>\n"
        "      [end of output]\n"
        "  note: This error originates from a subprocess, and is likely not a problem with pip.\n"
        "  ERROR: Failed building wheel for x\n"
        "ERROR: Could not build wheels for x, which is required to install pyproject.toml-based projects",
    ),
    (
        "network",
        "gradle build",
        "FAILURE: Build failed with an exception.\n"
        "\n"
        "* What went wrong:\n"
        "Execution failed for task ':app:compileJava'.\n"
        "> Could not resolve all files for configuration ':app:compileClasspath'.\n"
        "   > Could not resolve com.acme:x:1.0.\n"
        "     > Could not get resource 'https://repo/x.pom'.\n"
        "        > Could not GET 'https://repo/x.pom'.\n"
        "           > Read timed out\n"
        "\n"
        "* Try:\n"
        "> Run with --stacktrace option to get the stack trace.",
    ),
    (
        "permanent",
        "gradle build",
        "FAILURE: Build failed with an exception.\n"
        "\n"
        "* What went wrong:\n"
        "Could not resolve all files for configuration ':app:compileClasspath'.\n"
        "> Could not find com.acme:timeout:1.0.\n"
        "  Searched in the following locations:\n"
        "    - https://repo/com/acme/timeout/1.0/timeout-1.0.pom",
    ),
    (
        "transient",
        "mvn deploy",
        "[ERROR] Failed to execute goal org.apache.maven.plugins:maven-deploy-plugin:3.1:deploy (default-deploy) on project x: Failed to deploy artifacts: Could not transfer artifact com.acme:x:jar:1.0 from/to releases (https://repo): status code: 502, reason phrase: Bad Gateway (502) -> [Help 1]",
    ),
    (
        "permanent",
        "mvn deploy",
        "[ERROR] Failed to execute goal org.apache.maven.plugins:maven-deploy-plugin:3.1:deploy (default-deploy) on project x: Failed to deploy artifacts: Could not transfer artifact com.acme:x:jar:1.0 from/to releases (https://repo): status code: 409, reason phrase: Conflict (409) -> [Help 1]",
    ),
    (
        "network",
        "terraform apply",
        "null_resource.x: Provisioning with 'remote-exec'...\n"
        "null_resource.x (remote-exec): Connecting to remote host via SSH...\n"
        "╷\n"
        "│ Error: remote-exec provisioner error\n"
        "│ \n"
        "│   with null_resource.x,\n"
        "│ \n"
        "│ timeout - last error: dial tcp 10.0.0.5:22: i/o timeout\n"
        "╵",
    ),
    (
        "permanent",
        "terraform apply",
        "╷\n"
        "│ Error: local-exec provisioner error\n"
        "│ \n"
        "│ Error running command 'pytest tests/test_timeout.py': exit status 1. Output: F\n"
        "│ FAILED tests/test_timeout.py::test_connection_refused - AssertionError\n"
        "╵",
    ),
    (
        "network",
        "ansible-playbook p.yml",
        "TASK [install] *****\n"
        'fatal: [web1]: FAILED! => {"changed": false, "msg": "Failed to update apt cache: W:Failed to fetch http://deb/InRelease  Could not connect to deb:80 (10.0.0.1), connection timed out"}\n'
        "\n"
        "PLAY RECAP *****\n"
        "web1 : ok=1 changed=0 unreachable=0 failed=1",
    ),
    (
        "permanent",
        "ansible-playbook p.yml",
        "TASK [check] *****\n"
        'fatal: [web1]: FAILED! => {"changed": true, "cmd": ["./check.sh"], "delta": "0:00:01", "msg": "non-zero return code", "rc": 1, "stderr": "config error: timeout must be an integer", "stdout": ""}\n'
        "\n"
        "PLAY RECAP *****",
    ),
    (
        "network",
        "packer build t.hcl",
        "==> amazon-ebs.x: Provisioning with shell script: setup.sh\n"
        "    amazon-ebs.x: E: Failed to fetch http://deb/x.deb  Connection timed out [IP: 10.0.0.1 80]\n"
        "==> amazon-ebs.x: Script exited with non-zero exit status: 100. Allowed exit codes are: [0]\n"
        "Build 'amazon-ebs.x' errored after 2 minutes: Script exited with non-zero exit status: 100",
    ),
    (
        "network",
        "helm install x .",
        "Error: INSTALLATION FAILED: failed post-install: job x-migrate failed: BackoffLimitExceeded\n"
        'logs: psql: error: could not translate host name "db" to address: Temporary failure in name resolution',
    ),
    (
        "network",
        "tox",
        "py311: install_deps> python -I -m pip install pytest\n"
        "WARNING: Retrying (Retry(total=0, connect=None)) after connection broken by 'NewConnectionError: [Errno 111] Connection refused': /simple/pytest/\n"
        "ERROR: Could not find a version that satisfies the requirement pytest (from versions: none)\n"
        "ERROR: No matching distribution found for pytest\n"
        "py311: exit 1 (5.20 seconds) /x> python -I -m pip install pytest\n"
        "  py311: FAIL code 1 (5.30 seconds)",
    ),
    (
        "permanent",
        "tox",
        "py311: commands[0]> pytest\n"
        "E   assert 'timed out' == 'refused'\n"
        "=== 1 failed in 0.1s ===\n"
        "py311: exit 1 (1 seconds) /x> pytest\n"
        "  py311: FAIL code 1 (2 seconds)\n"
        "  evaluation failed :( (2.1 seconds)",
    ),
    (
        "network",
        "make",
        "git clone https://x vendor/x\n"
        "Cloning into 'vendor/x'...\n"
        "fatal: unable to access 'https://x/': Failed to connect to x port 443 after 130000 ms: Couldn't connect to server\n"
        "make[1]: *** [Makefile:12: vendor/x] Error 128\n"
        "make[1]: Leaving directory '/x'\n"
        "make: *** [Makefile:3: deps] Error 2",
    ),
    (
        "network",
        "cmake -B build",
        "-- Fetching x\n"
        "Cloning into 'x-src'...\n"
        "fatal: unable to access 'https://x/': Could not resolve host: x\n"
        "CMake Error at x-subbuild/x-populate-prefix/tmp/x-populate-gitclone.cmake:31 (message):\n"
        "  Failed to clone repository: 'https://x'\n"
        "\n"
        "CMake Error at /usr/share/cmake/Modules/FetchContent.cmake:1624 (message):\n"
        "  Build step for x failed: 2\n"
        "-- Configuring incomplete, errors occurred!",
    ),
    (
        "network",
        "cargo build",
        "error: failed to run custom build command for `openssl-src v1`\n"
        "\n"
        "Caused by:\n"
        "  process didn't exit successfully: `/x/build-script-build` (exit status: 101)\n"
        "  --- stderr\n"
        "  thread 'main' panicked at build.rs:3:5:\n"
        '  failed to download: Transport(Dns, "failed to lookup address information: Temporary failure in name resolution")',
    ),
    (
        "permanent",
        "cargo build",
        "error: failed to run custom build command for `openssl-sys v0.9`\n"
        "\n"
        "Caused by:\n"
        "  process didn't exit successfully: `/x/build-script-main` (exit status: 101)\n"
        "  --- stderr\n"
        "  Could not find directory of OpenSSL installation, and this `-sys` crate cannot proceed without this knowledge.\n"
        "  note: timeouts and connection settings are irrelevant",
    ),
    (
        "network",
        "ci-run",
        "::group::Run actions/setup-node\n"
        "Attempting to download 20...\n"
        "##[error]Unexpected HTTP response: 000\n"
        "##[error]connect ETIMEDOUT 140.82.0.1:443\n"
        "::endgroup::",
    ),
    (
        "transient",
        "ci-run",
        "Run actions/upload-artifact@v4\n"
        "With the provided path, there will be 3 files uploaded\n"
        "Error: Failed to CreateArtifact: Received non-retryable error: Failed request: (503) Service Unavailable: upstream connect error",
    ),
    (
        "rate_limit",
        "ci-run",
        "Run arduino/setup-protoc@v3\n"
        "Error: API rate limit exceeded for 20.1.2.3. (But here's the good news: Authenticated requests get a higher rate limit.)",
    ),
    (
        "permanent",
        "ci-run",
        "Run pytest\n"
        "=== FAILURES ===\n"
        "E       AssertionError: assert 503 == 200\n"
        "=== short test summary info ===\n"
        "FAILED tests/test_api.py::test_ok - AssertionError: assert 503 == 200\n"
        "=== 1 failed, 41 passed in 3.21s ===\n"
        "##[error]Process completed with exit code 1.",
    ),
    (
        "resource",
        "ci-run",
        "Run npm run build\n"
        "<--- Last few GCs --->\n"
        "FATAL ERROR: Ineffective mark-compacts near heap limit Allocation failed - JavaScript heap out of memory\n"
        "Aborted (core dumped)\n"
        "##[error]Process completed with exit code 134.",
    ),
    (
        "network",
        "pre-commit run -a",
        "[INFO] Initializing environment for https://github.com/psf/black.\n"
        "An unexpected error has occurred: CalledProcessError: command: ('/usr/bin/git', 'fetch', 'origin', '--tags')\n"
        "return code: 128\n"
        "stderr:\n"
        "    fatal: unable to access 'https://github.com/psf/black/': Could not resolve host: github.com\n"
        "Check the log at /home/u/.cache/pre-commit/pre-commit.log",
    ),
    (
        "network",
        "yarn install",
        "YN0000: ┌ Fetch step\n"
        "YN0001: │ RequestError: connect ETIMEDOUT 104.16.0.1:443\n"
        "    at ClientRequest.<anonymous> (/x/.yarn/releases/yarn-3.cjs:195:14340)\n"
        "YN0000: └ Completed in 2m 11s\n"
        "YN0000: Failed with errors in 2m 12s",
    ),
    (
        "network",
        "bundle install",
        "Fetching gem metadata from https://rubygems.org/.\n"
        "Retrying fetcher due to error (4/4): Bundler::HTTPError Network error while fetching https://rubygems.org/quick/x.gemspec.rz (Net::OpenTimeout)\n"
        "Network error while fetching https://rubygems.org/quick/x.gemspec.rz (Net::OpenTimeout)",
    ),
    (
        "network",
        "composer install",
        "  - Downloading acme/x (1.0)\n"
        "    Failed to download acme/x from dist: curl error 28 while downloading https://x: Operation timed out after 10001 milliseconds\n"
        "    Now trying to download from source\n"
        "  - Syncing acme/x (1.0) into cache\n"
        "\n"
        "In Git.php line 471:\n"
        "  Failed to execute git clone --mirror -- 'https://x' '/x'\n"
        "  fatal: unable to access 'https://x/': Failed to connect to x port 443: Connection timed out",
    ),
    (
        "network",
        "conda env create",
        "Collecting package metadata (repodata.json): failed\n"
        "\n"
        "CondaHTTPError: HTTP 000 CONNECTION FAILED for url <https://conda.anaconda.org/conda-forge/linux-64/repodata.json>\n"
        "Elapsed: -\n"
        "\n"
        "An HTTP error occurred when trying to retrieve this URL.\n"
        "HTTP errors are often intermittent, and a simple retry will get you on your way.",
    ),
    (
        "network",
        "go build ./...",
        "go: downloading example.org/x v1.0.0\n"
        'main.go:3:2: example.org/x@v1.0.0: Get "https://proxy.golang.org/example.org/x/@v/v1.0.0.zip": dial tcp: lookup proxy.golang.org: i/o timeout',
    ),
    (
        "permanent",
        "go build ./...",
        "# example.org/x\n./timeout.go:3:5: undefined: connectionRefused",
    ),
    (
        "network",
        "brew install x",
        "==> Downloading https://ghcr.io/v2/homebrew/core/x/blobs/sha256:1\n"
        "curl: (56) Recv failure: Connection reset by peer\n"
        'Error: x: Failed to download resource "x"\n'
        "Download failed: https://ghcr.io/v2/homebrew/core/x/blobs/sha256:1",
    ),
    (
        "network",
        "nix build",
        "error: builder for '/nix/store/x.drv' failed with exit code 1;\n"
        "       last 3 log lines:\n"
        "       > trying https://x/y.tar.gz\n"
        "       > curl: (28) Connection timed out after 15001 milliseconds\n"
        "       > error: cannot download y.tar.gz from any mirror\n"
        "       For full logs, run 'nix log /nix/store/x.drv'.",
    ),
    (
        "network",
        "bazel build //...",
        "ERROR: /x/WORKSPACE:3:13: fetching http_archive rule //external:x: Traceback (most recent call last):\n"
        '\tFile "/x/http.bzl", line 132, column 45, in _http_archive_impl\n'
        "\t\tdownload_info = ctx.download_and_extract(\n"
        "Error in download_and_extract: java.io.IOException: Error downloading [https://x/y.tar.gz] to /x/y.tar.gz: connect timed out\n"
        "ERROR: Analysis of target '//:a' failed; build aborted",
    ),
    (
        "permanent",
        "bazel build //...",
        "ERROR: /x/BUILD:3:10: Compiling timeout.cc failed: (Exit 1): gcc failed: error executing command\n"
        "timeout.cc:3:5: error: 'connection_refused' was not declared in this scope\n"
        "Target //:a failed to build\n"
        "ERROR: Build did NOT complete successfully",
    ),
    (
        "network",
        "west update",
        "=== updating zephyr (zephyr):\n"
        "fatal: unable to access 'https://github.com/zephyrproject-rtos/zephyr/': GnuTLS recv error (-54): Error in the pull function.\n"
        "ERROR: update failed for project zephyr",
    ),
    (
        "transient",
        "pulumi up",
        "Updating (dev):\n"
        "     Type                 Name  Status\n"
        " +   aws:s3:Bucket        b     **creating failed**\n"
        "Diagnostics:\n"
        "  aws:s3:Bucket (b):\n"
        "    error: 1 error occurred:\n"
        "        * creating S3 Bucket: OperationAborted: A conflicting conditional operation is currently in progress against this resource. Please try again.",
    ),
    (
        "permanent",
        "serverless deploy",
        "Error:\n"
        "UPDATE_FAILED: TimeoutLambdaFunction (AWS::Lambda::Function)\n"
        "Resource handler returned message: \"1 validation error detected: Value '1000' at 'timeout' failed to satisfy constraint: Member must have value less than or equal to 900\"",
    ),
    (
        "network",
        "eas build",
        "[stderr] error CDN: trunk URL couldn't be downloaded: https://cdn.cocoapods.org/all_pods_versions_2_2_2.txt Response: Timeout was reached\n"
        "pod exited with non-zero code: 1",
    ),
]


@pytest.mark.parametrize(("category", "command", "output"), WRAPPED)
def test_the_innermost_cause_decides(category, command, output):
    assert classify(command, 1, b"", output.encode()).category == category
    assert classify("./deploy.sh", 1, output.encode(), b"").category == category
