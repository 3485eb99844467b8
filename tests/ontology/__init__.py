"""The ontology is curated data, tested as code is; a failure says which term to mend."""
