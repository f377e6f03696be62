"""What facts say of whole arrays."""
