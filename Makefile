# `make` builds and tests; `make help` lists the rest.
MVN     ?= mvn -B -ntp
JAVA    ?= java
JAR     := target/tagway.jar
SCRIPTS := src/main/scripts
TESTCP  := target/test-classpath.txt
RUNTEST  = $(JAVA) -cp "target/classes:target/test-classes:$$(cat $(TESTCP))"

.DEFAULT_GOAL := test
.PHONY: help build demo test it browser pictures check fmt run bench docs dist clean consul chromium

help: ## this list
	@grep -hE '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed 's/:.*## /\t/' | expand -t 12

build: ## target/tagway.jar, without the tests
	$(MVN) -q package -DskipTests

demo: build ## the main job against a real Consul; DEMO=check ends by itself
	@CONSUL="$$($(SCRIPTS)/find-consul.sh)" $(JAVA) src/test/java/io/tagway/demo/Demo.java $(DEMO)

test: ## every test: unit, case files, components with a real Consul, browser
	$(SCRIPTS)/need.sh gobgpd bird2 apache2-utils openssl prometheus graphite-carbon curl nghttp2-client python3-websockets
	CONSUL="$$($(SCRIPTS)/find-consul.sh)" CHROMIUM="$$($(SCRIPTS)/find-chromium.sh)" $(MVN) verify

it: ## the component tests only
	$(SCRIPTS)/need.sh gobgpd bird2 apache2-utils openssl prometheus graphite-carbon curl nghttp2-client python3-websockets
	CONSUL="$$($(SCRIPTS)/find-consul.sh)" $(MVN) verify -Dtest=none -Dsurefire.failIfNoSpecifiedTests=false -Dit.excludedGroups=browser,pictures

browser: ## the browser tests only
	CHROMIUM="$$($(SCRIPTS)/find-chromium.sh)" $(MVN) verify -Dtest=none -Dsurefire.failIfNoSpecifiedTests=false -Dit.groups=browser

pictures: ## the pages as pictures to look at, in target/screenshots
	CHROMIUM="$$($(SCRIPTS)/find-chromium.sh)" $(MVN) verify -Dtest=none -Dsurefire.failIfNoSpecifiedTests=false -Dit.groups=pictures -Dit.excludedGroups=

check: ## format, lint and the rooms, nothing run
	$(MVN) -q test -Dtest=RoomsTest

fmt: ## format the sources
	$(MVN) -q spotless:apply

run: build ## start the router; ARGS="-proxy.addr :9999"
	$(JAVA) @src/main/dist/conf/jvm.options -jar $(JAR) $(ARGS)

bench: $(TESTCP) ## tables, catalog changes and CPU beside HAProxy, as figures of one run
	CONSUL="$$($(SCRIPTS)/find-consul.sh)" src/test/scripts/bench.sh

docs: $(TESTCP) ## print the generated pages (docs/options.md)
	$(RUNTEST) io.tagway.config.OptionReference docs/options.md

dist: build ## target/tagway-VERSION.tar.gz with launcher, jar and JVM flags
	$(SCRIPTS)/dist.sh

clean: ## remove what was built; .cache stays
	rm -rf target

consul: ## the Consul that tests and demo use
	@$(SCRIPTS)/find-consul.sh

chromium: ## the Chromium that the browser tests use
	@$(SCRIPTS)/find-chromium.sh

$(TESTCP): pom.xml $(shell find src -name '*.java')
	$(MVN) -q package -DskipTests dependency:build-classpath -Dmdep.outputFile=$(TESTCP)
