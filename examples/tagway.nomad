# A Nomad job: one Tagway on every client, on the host's network.
job "tagway" {
  datacenters = ["dc1"]
  type        = "system"

  group "router" {
    network {
      mode = "host"
      port "http" { static = 9999 }
      port "ui"   { static = 9998 }
    }

    task "tagway" {
      driver = "exec"

      artifact {
        # Where you keep the archive of `make dist`.
        source = "https://files.example.org/tagway-0.1.0-linux-x86_64.tar.gz"
      }

      config {
        # It brings its own Java, and its flags in conf/jvm.options.
        command = "local/tagway-0.1.0-linux-x86_64/bin/tagway"
        args = [
          "-registry.consul.addr", "127.0.0.1:8500",
          "-proxy.shutdownwait", "10s",
          "-proxy.deregistergraceperiod", "2s",
        ]
      }

      # Longer than the two waits above together.
      kill_timeout = "20s"

      resources {
        cpu    = 500
        memory = 256
      }
    }
  }
}
