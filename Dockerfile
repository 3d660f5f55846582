# A machine with nothing but Debian 12, on which the two commands of the README are run.
FROM debian:12-slim
WORKDIR /rankscape
COPY scripts/packages scripts/packages.txt scripts/
RUN apt-get update -qq \
 && scripts/packages test | xargs apt-get install -y -qq --no-install-recommends \
 && rm -rf /var/lib/apt/lists/*
COPY . .
RUN scripts/run
CMD ["scripts/test"]
