"""What `hotseat lint` checks beyond a document's schema; one module per subject."""
